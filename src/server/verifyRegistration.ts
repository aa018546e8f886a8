import { calculateJwkThumbprint } from 'jose';
import { REGISTRATION_TYPE, type DevicePublicJwk } from '../shared/MatchAssertion.js';
import { isBoundTo, isChallenge } from '../shared/challenge/isBoundTo.js';
import { readPublicJwk } from './readPublicJwk.js';
import { Refusal } from './Refusal.js';
import { assertPolicy } from './assertPolicy.js';
import { isName, isObject, verifySigned } from './verifySigned.js';

/** What a page sends to register its device's key. More members are left unread. */
export interface RegistrationBody {
  readonly name: string;
  readonly publicKey: DevicePublicJwk;
  /** What `deviceKey.signRegistration(challenge, { name })` made. */
  readonly proof: string;
}

export interface ExpectedRegistration {
  /** Of the pages, such as `https://example.com`. */
  readonly origin: string;
  /** For whom the page signs; default the origin. */
  readonly audience?: string;
  /** Milliseconds since 1970; default the clock. */
  readonly now?: number;
}

export interface VerifiedRegistration {
  /** The key's thumbprint (RFC 7638). */
  readonly keyId: string;
  readonly publicJwk: DevicePublicJwk;
  readonly name: string;
  /** The challenge that was answered: whether it is fresh is the store's to say. */
  readonly challenge: string;
}

/**
 * Checks that whoever registers a key has its private half, now, and means this name: else someone could register another person's key, and
 * keep them from registering it. Keeps and reads nothing. Throws a `Refusal`, and a RangeError for a `now` that is no time.
 */
export async function verifyRegistration(body: unknown, expected: ExpectedRegistration): Promise<VerifiedRegistration> {
  assertPolicy(expected);
  if (!isObject(body) || !isName(body.name) || typeof body.proof !== 'string') throw new Refusal('bad-body');
  const publicJwk = readPublicJwk(body.publicKey);
  const keyId = await calculateJwkThumbprint(publicJwk);
  const claims = await verifySigned(body.proof, { ...expected, publicJwk, keyId, type: REGISTRATION_TYPE });
  if (claims.sub !== body.name) throw new Refusal('wrong-user');
  if (!isChallenge(claims.nonce) || !(await isBoundTo(claims.nonce, undefined))) throw new Refusal('bad-assertion');
  return { keyId, publicJwk, name: body.name, challenge: claims.nonce };
}
