import { calculateJwkThumbprint } from 'jose';
import { REGISTRATION_TYPE, type DevicePublicJwk } from '../../src/shared/MatchAssertion.js';
import { Refusal } from './Refusal.js';
import { isText, verifySigned } from './verifySigned.js';

export interface ExpectedRegistration {
  readonly publicJwk: DevicePublicJwk;
  /** The account's name, as the page sent it. */
  readonly name: string;
  /** Of the pages. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Checks that whoever registers a key has its private half, now, and means this name: else someone could register another person's key, and
 * keep them from registering it. Returns the key's thumbprint and the challenge that was answered, whose freshness is the caller's to check.
 * Keeps and reads nothing. Throws a `Refusal`.
 */
export async function verifyRegistration(
  proof: string,
  { name, ...expected }: ExpectedRegistration,
): Promise<{ keyId: string; challenge: string }> {
  const keyId = await calculateJwkThumbprint(expected.publicJwk);
  const { sub, nonce } = await verifySigned(proof, { ...expected, keyId, type: REGISTRATION_TYPE });
  if (sub !== name) throw new Refusal('wrong-user');
  if (!isText(nonce, 512)) throw new Refusal('bad-assertion');
  return { keyId, challenge: nonce };
}
