import { ASSERTION_TYPE, type DevicePublicJwk } from '../../src/shared/MatchAssertion.js';
import { readMatch, type SignedMatch } from './readMatch.js';
import { Refusal } from './Refusal.js';
import { CLOCK_TOLERANCE, isCount, isText, verifySigned } from './verifySigned.js';

/** A model whose matches count, with the points at which it may decide: those of its manifest, or fewer. */
export interface AcceptedModel {
  readonly id: string;
  readonly version: string;
  readonly points: readonly { readonly fmr: number; readonly threshold: number }[];
}

export interface ExpectedAssertion {
  /** The account's key, its thumbprint, and what the server calls the account. */
  readonly publicJwk: DevicePublicJwk;
  readonly keyId: string;
  readonly subject: string;
  /** Of the pages. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The loosest false match rate. */
  readonly maxFmr: number;
  readonly models: readonly AcceptedModel[];
  readonly demandLiveness: boolean;
}

export interface VerifiedAssertion {
  /** The challenge that was answered, and the signature's number: whether they are fresh is the caller's to check, in one transaction. */
  readonly challenge: string;
  readonly counter: number;
  readonly match: SignedMatch;
}

/** From the match to the signature the SDK allows 30 seconds, from a liveness session to the match 60; and each may take a while. */
const MATCH_AGE = 40;
const LIVENESS_AGE = 70;

/**
 * Checks what a device signed about a match: signer, origin, account, time, and the server's policy. Keeps and reads nothing; Web Crypto and
 * `jose` are all that it needs. Throws a `Refusal`.
 */
export async function verifyAssertion(assertion: string, expected: ExpectedAssertion): Promise<VerifiedAssertion> {
  const claims = await verifySigned(assertion, { ...expected, type: ASSERTION_TYPE });
  if (claims.sub !== expected.subject) throw new Refusal('wrong-user');
  const { nonce, ctr } = claims;
  const match = readMatch(claims.match);
  if (!match || !isText(nonce, 512) || !isCount(ctr) || ctr < 1) throw new Refusal('bad-assertion');
  assertRecent(match, claims.iat as number);
  assertPolicy(match, expected);
  return { challenge: nonce, counter: ctr, match };
}

/** Both times are the device's own, so they fit each other, whatever its clock says. */
function assertRecent({ at, liveness }: SignedMatch, signedAt: number): void {
  if (at > signedAt || at < signedAt - MATCH_AGE) throw new Refusal('assertion-expired');
  const age = liveness ? at - liveness.finishedAt / 1000 : 0;
  if (age > LIVENESS_AGE || age < -CLOCK_TOLERANCE) throw new Refusal('liveness-missing');
}

function assertPolicy(match: SignedMatch, { maxFmr, models, demandLiveness }: ExpectedAssertion): void {
  // What the rate is worth, only the page says then, and a page can say anything.
  if (match.points !== 'shipped') throw new Refusal('own-points');
  const model = models.find(({ id, version }) => id === match.model && version === match.modelVersion);
  if (!model) throw new Refusal('model-refused');
  if (match.fmr > maxFmr) throw new Refusal('weak-match');
  // Equal but for the last digits: between points the SDK interpolates, at points that leaves a rounding.
  const known = model.points.some(({ fmr, threshold }) => near(fmr, match.fmr) && near(threshold, match.threshold));
  if (!known) throw new Refusal('points-refused');
  if (demandLiveness && !match.liveness) throw new Refusal('liveness-missing');
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * b;
}
