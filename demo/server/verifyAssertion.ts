import { errors, importJWK, jwtVerify } from 'jose';
import * as v from 'valibot';
import { ASSERTION_TYPE } from '../../src/shared/MatchAssertion.js';
import type { Account } from './Accounts.js';
import { ApiError, type ApiErrorCode } from './ApiError.js';
import { CLAIMS, type Claims } from './schemas.js';
import { CHALLENGE_LIFETIME, CLOCK_TOLERANCE, type ServerSettings } from './ServerOptions.js';

/**
 * Checks what a device signed: key, algorithm, kind, origin, account, time, and the server's policy. Whether the challenge and the counter
 * are fresh is the caller's to check, in one transaction. Throws an `ApiError`.
 */
export async function verifyAssertion(assertion: string, account: Account, origin: string, settings: ServerSettings): Promise<Claims> {
  const claims = await readClaims(assertion, account, origin, settings.now());
  const { match } = claims;
  if (match.fmr > settings.maxFmr) throw new ApiError('weak-match');
  // What `fmr` is worth, only the page says then, and a page can say anything.
  if (match.points !== 'shipped') throw new ApiError('own-points');
  if (settings.models && !settings.models.includes(match.model)) throw new ApiError('model-refused');
  const livedAt = match.liveness ? Date.parse(match.liveness.finishedAt) : -Infinity;
  // A liveness session of another day proves nothing about this login.
  const slack = CLOCK_TOLERANCE * 1000;
  const alive = livedAt > settings.now() - CHALLENGE_LIFETIME - slack && livedAt < settings.now() + slack;
  if (settings.demandLiveness && !alive) throw new ApiError('liveness-missing');
  return claims;
}

async function readClaims(assertion: string, account: Account, origin: string, now: number): Promise<Claims> {
  try {
    const { payload, protectedHeader } = await jwtVerify(assertion, await importJWK(account.publicJwk, 'ES256'), {
      // Named here, never read from the token: neither `none` nor a MAC keyed with the public key has a chance (RFC 8725, 3.1).
      algorithms: ['ES256'],
      typ: ASSERTION_TYPE,
      issuer: origin,
      audience: origin,
      subject: account.id,
      maxTokenAge: CHALLENGE_LIFETIME / 1000,
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ['exp', 'iat', 'jti', 'nonce', 'ctr', 'match'],
      currentDate: new Date(now),
    });
    if (protectedHeader.kid !== account.keyId) throw new ApiError('bad-assertion');
    const claims = v.safeParse(CLAIMS, payload);
    if (!claims.success) throw new ApiError('bad-assertion');
    return claims.output;
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(codeFor(error));
  }
}

function codeFor(error: unknown): ApiErrorCode {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad-signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'bad-algorithm';
  if (error instanceof errors.JWTExpired) return 'assertion-expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss' || error.claim === 'aud') return 'foreign-origin';
    if (error.claim === 'sub') return 'wrong-user';
    if (error.claim === 'iat') return 'assertion-expired';
  }
  return 'bad-assertion';
}
