import { VisavisError } from '../shared/VisavisError.js';

/** Which passkey, and what it is asked: both lie open in the vault. */
export interface PasskeyQuestion {
  readonly credentialId: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
}

/**
 * Makes a passkey whose PRF extension (WebAuthn level 3) can lock the vault. Throws `vault-unavailable` where the browser or the authenticator
 * has none, `vault-locked` where the person says no.
 */
export async function createPasskey(name: string): Promise<PasskeyQuestion> {
  const salt = random(32);
  const credential = await ceremony(() =>
    navigator.credentials.create({
      publicKey: {
        // Registered nowhere: nobody checks the challenge.
        challenge: random(32),
        rp: { name: document.title || location.hostname },
        user: { id: random(16), name, displayName: name },
        // ES256 and RS256: what every authenticator has one of.
        pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
        extensions: { prf: {} },
      },
    }),
  );
  if (!credential.getClientExtensionResults().prf?.enabled) {
    throw new VisavisError('vault-unavailable', 'This passkey cannot lock a vault: it gives no secret (PRF). Use a passphrase instead.');
  }
  return { credentialId: new Uint8Array(credential.rawId), salt };
}

/** The passkey's 32 secret bytes; the caller wipes them. Throws `vault-locked` where it is not there or the person says no. */
export async function askPasskey({ credentialId, salt }: PasskeyQuestion): Promise<Uint8Array<ArrayBuffer>> {
  const credential = await ceremony(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: 'public-key', id: credentialId }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const output = credential.getClientExtensionResults().prf?.results?.first;
  if (output === undefined) throw new VisavisError('vault-locked', 'The passkey gave no secret: the vault stays locked.');
  return ArrayBuffer.isView(output) ? new Uint8Array(output.buffer, output.byteOffset, output.byteLength) : new Uint8Array(output);
}

async function ceremony(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (typeof PublicKeyCredential === 'undefined') {
    throw new VisavisError('vault-unavailable', 'This browser has no passkeys: use a passphrase instead.');
  }
  let credential: Credential | null;
  try {
    credential = await ask();
  } catch (cause) {
    throw new VisavisError('vault-locked', 'The passkey was not given: the vault stays locked.', { cause });
  }
  if (!(credential instanceof PublicKeyCredential)) throw new VisavisError('vault-locked', 'No passkey was given: the vault stays locked.');
  return credential;
}

function random(bytes: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(bytes));
}
