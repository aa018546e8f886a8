import { compactVerify, errors, importJWK } from 'jose';
import { isWellFormed } from '../shared/isWellFormed.js';
import type { DevicePublicJwk } from '../shared/MatchAssertion.js';
import { Refusal } from './Refusal.js';

/** What a signature must say, whatever it is about. */
export interface ExpectedSigner {
  readonly publicJwk: DevicePublicJwk;
  /** The key's thumbprint. */
  readonly keyId: string;
  /** The header's `typ`. */
  readonly type: string;
  /** Of the pages: the only issuer. */
  readonly origin: string;
  /** The only audience; default the origin. */
  readonly audience?: string;
  /** Milliseconds since 1970; default the clock. */
  readonly now?: number;
}

/** How far a device's clock may be off, seconds. */
export const CLOCK_TOLERANCE = 60;
/** The longest time from `iat` to `exp`, seconds; the SDK says 60. */
const MAX_LIFETIME = 120;
/** The SDK's are about 1,000 characters long. */
const MAX_LENGTH = 4096;
const HEADER = ['alg', 'kid', 'typ'];

export type Claims = Readonly<Record<string, unknown>>;

/**
 * Checks a compact JWS: algorithm, key and kind; that it was made by this origin's page, for this origin alone, just now and for a short
 * time. Returns its claims. Throws a `Refusal`.
 */
export async function verifySigned(token: string, expected: ExpectedSigner): Promise<Claims> {
  if (token.length > MAX_LENGTH) throw new Refusal('bad-assertion');
  const { origin, audience = origin, now = Date.now() } = expected;
  const { payload, protectedHeader } = await verified(token, expected.publicJwk);
  // Nothing but these three: a header that asks for more (`crit`, `jwk`, `b64`, …) was not made by the SDK.
  const strict = Object.keys(protectedHeader).sort().join() === HEADER.join();
  if (!strict || protectedHeader.typ !== expected.type || protectedHeader.kid !== expected.keyId) throw new Refusal('bad-assertion');
  const claims = parse(payload);
  // A list, even of one, is not a text: the answer is for this audience and nobody else.
  if (claims.iss !== origin || claims.aud !== audience) throw new Refusal('foreign-origin');
  if (!isText(claims.jti, 64) || !isText(claims.sub, 512)) throw new Refusal('bad-assertion');
  assertTimes(claims, Math.floor(now / 1000));
  return claims;
}

async function verified(token: string, publicJwk: DevicePublicJwk) {
  try {
    // Named here, never read from the token: neither `none` nor a MAC keyed with the public key has a chance (RFC 8725, 3.1).
    return await compactVerify(token, await importJWK(publicJwk, 'ES256'), { algorithms: ['ES256'] });
  } catch (cause) {
    if (cause instanceof errors.JWSSignatureVerificationFailed) throw new Refusal('bad-signature', { cause });
    if (cause instanceof errors.JOSEAlgNotAllowed) throw new Refusal('bad-algorithm', { cause });
    throw new Refusal('bad-assertion', { cause });
  }
}

function parse(payload: Uint8Array): Claims {
  try {
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    if (isObject(claims)) return claims;
  } catch {
    // said below
  }
  throw new Refusal('bad-assertion');
}

function assertTimes({ iat, exp, nbf }: Claims, now: number): void {
  if (!isCount(iat) || !isCount(exp) || exp <= iat || exp - iat > MAX_LIFETIME || nbf !== undefined) throw new Refusal('bad-assertion');
  if (iat > now + CLOCK_TOLERANCE || exp < now - CLOCK_TOLERANCE) throw new Refusal('assertion-expired');
}

export function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A whole number, 0 or more, that is exact. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** What an account may be called. No database keeps every control character, nor half of a character as it is. */
export function isName(value: unknown): value is string {
  return isText(value, 512) && isWellFormed(value) && !/\p{Cc}/u.test(value);
}

export function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longest;
}
