import { ASSERTION_TYPE, type DevicePublicJwk } from '../shared/MatchAssertion.js';
import type { AcceptedModel } from './AcceptedModel.js';
import { assertPolicy } from './assertPolicy.js';
import { isBoundTo, isChallenge } from '../shared/challenge/isBoundTo.js';
import { readMatch, type SignedMatch } from './readMatch.js';
import { Refusal } from './Refusal.js';
import { CLOCK_TOLERANCE, isCount, isObject, verifySigned } from './verifySigned.js';

/** What a page sends to be let in. More members are left unread. */
export interface AssertionBody {
  /** What `deviceKey.signChallenge(challenge, …)` made. */
  readonly assertion: string;
}

export interface ExpectedAssertion {
  /** The account's key, its thumbprint, and what the server calls the account (the page's `templateId`). */
  readonly publicJwk: DevicePublicJwk;
  readonly keyId: string;
  readonly subject: string;
  /** Of the pages, such as `https://example.com`. */
  readonly origin: string;
  /** For whom the page signs; default the origin. */
  readonly audience?: string;
  /** The face models that count. */
  readonly models: readonly AcceptedModel[];
  /** The loosest false match rate; default 1e-3, one stranger in 1,000. */
  readonly maxFmr?: number;
  /** Whether a liveness session just before is demanded; default false. */
  readonly demandLiveness?: boolean;
  /** The transaction that the challenge was made for. An answer to a challenge with a transaction is good for nothing else. */
  readonly transaction?: string;
  /** The last counter that was seen of the key; left out where the store checks it, which it can do in the same transaction. */
  readonly counter?: number;
  /** Milliseconds since 1970; default the clock. */
  readonly now?: number;
}

export interface VerifiedAssertion {
  readonly keyId: string;
  readonly subject: string;
  /** The challenge that was answered, and the signature's number: whether they are fresh is the store's to check, in one transaction. */
  readonly challenge: string;
  readonly counter: number;
  /** Model, versions, strictness and liveness, as they were signed. */
  readonly match: SignedMatch;
  /** Seconds from the match to its signature, by the device's clock. */
  readonly matchAge: number;
}

/** From the match to the signature the SDK allows 30 seconds, from a liveness session to the match 60; and each may take a while. */
const MATCH_AGE = 40;
const LIVENESS_AGE = 70;
const DEFAULT_FMR = 1e-3;

/**
 * Checks what a device signed about a match: signer, origin, account, transaction, time, and the server's policy. Keeps and reads nothing.
 * Throws a `Refusal`, and a RangeError for a `maxFmr`, `counter` or `now` that is no such number.
 */
export async function verifyAssertion(body: unknown, expected: ExpectedAssertion): Promise<VerifiedAssertion> {
  assertPolicy(expected);
  if (!isObject(body) || typeof body.assertion !== 'string') throw new Refusal('bad-body');
  const { keyId, subject, transaction, counter = 0 } = expected;
  const claims = await verifySigned(body.assertion, { ...expected, type: ASSERTION_TYPE });
  if (claims.sub !== subject) throw new Refusal('wrong-user');
  const { nonce, ctr } = claims;
  const match = readMatch(claims.match);
  if (!match || !isChallenge(nonce) || !isCount(ctr) || ctr < 1) throw new Refusal('bad-assertion');
  if (!(await isBoundTo(nonce, transaction))) throw new Refusal('transaction-mismatch');
  const signedAt = claims.iat as number;
  assertRecent(match, signedAt);
  assertAccepted(match, expected);
  if (ctr <= counter) throw new Refusal('counter-back');
  return { keyId, subject, challenge: nonce, counter: ctr, match, matchAge: signedAt - match.at };
}

/** Both times are the device's own, so they fit each other, whatever its clock says. */
function assertRecent({ at, liveness }: SignedMatch, signedAt: number): void {
  if (at > signedAt || at < signedAt - MATCH_AGE) throw new Refusal('assertion-expired');
  const age = liveness ? at - liveness.finishedAt / 1000 : 0;
  if (age > LIVENESS_AGE || age < -CLOCK_TOLERANCE) throw new Refusal('liveness-missing');
}

function assertAccepted(match: SignedMatch, { maxFmr = DEFAULT_FMR, models, demandLiveness = false }: ExpectedAssertion): void {
  const model = models.find(({ id, version }) => id === match.model && version === match.modelVersion);
  // What the rate is worth, only the page says then, unless the server answers for that model's points itself.
  const isVouchedFor = match.points === 'shipped' || (match.points === 'own' && model?.own === true);
  if (!isVouchedFor) throw new Refusal('own-points');
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
