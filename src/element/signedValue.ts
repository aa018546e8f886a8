import type { CaptureResult } from '../shared/capture.js';
import { isBoundTo, isChallenge } from '../shared/challenge/isBoundTo.js';
import { VisavisError } from '../shared/VisavisError.js';
import { createDeviceKey, openDeviceKey } from '../vault/deviceKey/createDeviceKey.js';

export interface Signing {
  /** The server's challenge, base64url. */
  readonly challenge: string;
  /** What the server calls the account. */
  readonly subject: string;
  /** What the person is shown, and confirms; null: nothing but who they are. */
  readonly transaction: string | null;
}

/**
 * What a server is sent: for a match the signed assertion, for an enrollment the JSON that `verifyRegistration` reads; null for anything
 * else. Throws `key-missing` where a match has no key to sign it.
 * @param name this browser's key
 */
export async function signedValue(result: CaptureResult, { challenge, subject }: Signing, name: string): Promise<string | null> {
  if (result.mode === 'enroll') {
    const key = await createDeviceKey({ name });
    const proof = await key.signRegistration(challenge, { name: subject });
    return JSON.stringify({ name: subject, publicKey: key.publicJwk, proof });
  }
  if (result.mode !== 'verify' || !result.verification.match) return null;
  const key = await openDeviceKey({ name });
  if (!key) throw new VisavisError('key-missing', 'This browser has no device key yet: enroll with a challenge first.');
  return key.signChallenge(challenge, { result: result.verification, templateId: subject });
}

/** What you see is what you sign: throws a TypeError for a challenge that is bound to another text than the one that is shown. */
export async function assertShown({ challenge, transaction }: Signing): Promise<void> {
  if (await isBoundTo(challenge, transaction ?? undefined)) return;
  // Servers may make challenges in other ways, which are bound to nothing.
  if (transaction === null && !isChallenge(challenge)) return;
  const shown = transaction === null ? 'none is shown: set transaction' : 'another one is shown';
  throw new TypeError(`expected the transaction that the challenge was made for, and ${shown}`);
}
