import { aborted, throwIfAborted } from '../../shared/abortable.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { passkeyError, type PasskeyStep } from './passkeyError.js';
import { retirePasskey } from './retirePasskey.js';

/** Which passkey, and what it is asked. Both lie open in the vault. */
export interface PasskeyQuestion {
  readonly credentialId: Uint8Array<ArrayBuffer>;
  /** 32 bytes. */
  readonly salt: Uint8Array<ArrayBuffer>;
}

/** A passkey that was just made, with its 32 secret bytes. Wipe them. */
export interface NewPasskey {
  readonly question: PasskeyQuestion;
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** How long the person has to answer the browser: what WebAuthn Level 3 recommends with user verification. */
const TIMEOUT_MS = 300_000;

/**
 * Makes a passkey whose PRF extension (WebAuthn Level 3, section 10.1.4) can lock the vault. Throws `vault-unavailable` where the browser
 * or the device has none, `vault-locked` where the person refuses. A passkey that was made and turns out to be of no use is reported to the
 * passkey manager.
 */
export async function createPasskey(name: string, signal?: AbortSignal): Promise<NewPasskey> {
  const salt = random(32);
  const credential = await ceremony('create', signal, () =>
    navigator.credentials.create({
      ...(signal && { signal }), // null would be a TypeError
      publicKey: {
        // No server registers this passkey, so nobody checks the challenge.
        challenge: random(32),
        rp: { name: document.title || location.hostname },
        user: { id: random(16), name, displayName: name },
        // ES256 and RS256: every authenticator knows one of them.
        pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
        timeout: TIMEOUT_MS,
        // Never an empty `prf`: Windows Hello then has no PRF in Chromium, and Firefox throws.
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const question = { credentialId: new Uint8Array(credential.rawId), salt };
  let secret: Uint8Array<ArrayBuffer> | undefined;
  try {
    secret = secretOf(credential);
    // Most security keys compute the secret only when they sign in.
    if (!secret && isPromised(credential)) secret = await evaluate('create', question, signal);
  } catch (cause) {
    retirePasskey(question.credentialId);
    throw cause;
  }
  if (!secret) throw unusable(name, retirePasskey(question.credentialId));
  return { question, secret };
}

/** The passkey's 32 secret bytes; the caller wipes them. Throws `vault-locked` where it is not there or the person refuses. */
export async function askPasskey(question: PasskeyQuestion, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const secret = await evaluate('ask', question, signal);
  if (secret) return secret;
  throw new VisavisError(
    'vault-locked',
    'The vault stays locked: the passkey gave no secret (PRF) in this browser. Open the vault in the browser that set the lock.',
  );
}

async function evaluate(
  step: PasskeyStep,
  { credentialId, salt }: PasskeyQuestion,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const credential = await ceremony(step, signal, () =>
    navigator.credentials.get({
      ...(signal && { signal }),
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: 'public-key', id: credentialId }],
        userVerification: 'required',
        timeout: TIMEOUT_MS,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  return secretOf(credential);
}

/** Whether a new passkey says that it has a PRF. A browser that does not know the extension says nothing at all. */
function isPromised(credential: PublicKeyCredential): boolean {
  const { prf } = credential.getClientExtensionResults();
  return prf !== undefined && prf.enabled !== false;
}

function secretOf(credential: PublicKeyCredential): Uint8Array<ArrayBuffer> | undefined {
  const output = credential.getClientExtensionResults().prf?.results?.first;
  if (output === undefined) return undefined;
  const bytes = ArrayBuffer.isView(output) ? new Uint8Array(output.buffer, output.byteOffset, output.byteLength) : new Uint8Array(output);
  return bytes.length === 32 ? bytes : undefined;
}

function unusable(name: string, retired: boolean): VisavisError {
  const leftover = retired ? '' : ` You can delete the new passkey “${name}” in your passkey manager.`;
  return new VisavisError(
    'vault-unavailable',
    `This passkey can’t lock a vault, because this browser or device doesn’t support its secret (PRF). Use another device, or a passphrase.${leftover}`,
  );
}

async function ceremony(
  step: PasskeyStep,
  signal: AbortSignal | undefined,
  ask: () => Promise<Credential | null>,
): Promise<PublicKeyCredential> {
  throwIfAborted(signal);
  if (typeof PublicKeyCredential === 'undefined' || !navigator.credentials) {
    throw new VisavisError(
      'vault-unavailable',
      'This browser doesn’t support passkeys here. Use HTTPS and a current browser, or a passphrase.',
    );
  }
  let credential: Credential | null;
  try {
    credential = await ask();
  } catch (cause) {
    // The browser throws the signal's reason, which can be anything.
    if (signal?.aborted) throw aborted(signal);
    throw passkeyError(step, cause);
  }
  // A null is what Credential Management Level 1 gives where the person chose none.
  if (!(credential instanceof PublicKeyCredential)) throw passkeyError(step, new DOMException('no credential', 'NotAllowedError'));
  return credential;
}

function random(bytes: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(bytes));
}
