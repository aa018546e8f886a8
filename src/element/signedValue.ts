import type { CaptureResult } from '../shared/capture.js';
import { VisavisError } from '../shared/VisavisError.js';
import { createDeviceKey, openDeviceKey } from '../vault/createDeviceKey.js';

export interface Signing {
  /** The server's challenge, base64url. */
  readonly challenge: string;
  /** What the server calls the account. */
  readonly subject: string;
  /** The name of this browser's key. */
  readonly key: string;
}

/**
 * What a server is sent: for a match the signed assertion, for an enrollment the JSON that `verifyRegistration` reads; null for anything
 * else. Throws `key-missing` where a match has no key to sign it.
 */
export async function signedValue(result: CaptureResult, { challenge, subject, key: name }: Signing): Promise<string | null> {
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
