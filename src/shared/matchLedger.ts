import { describe } from './describe.js';
import type { VerifiedLiveness, VerifyResult } from './verification.js';
import { ageOf, thisMoment, type Moment } from './Moment.js';
import type { EmbeddingOrigin } from './Template.js';
import type { PointsOrigin } from './VerifierInfo.js';
import { VisavisError } from './VisavisError.js';

/**
 * How long a match may be signed, counted from the verdict: long enough for a person to use a passkey, too short to be left lying around.
 */
export const MATCH_LIFETIME_MS = 30_000;

/** What a signature may say about a match. The distance is left out: it would tell an attacker which picture comes closer. */
export interface MatchFacts extends EmbeddingOrigin {
  /** The false match rate at which the decision was made. */
  readonly fmr: number;
  readonly threshold: number;
  readonly points: PointsOrigin;
  readonly frames: number;
  readonly liveness: VerifiedLiveness | null;
  /** Milliseconds since 1970. */
  readonly matchedAt: number;
}

interface Entry {
  readonly facts: MatchFacts;
  readonly moment: Moment;
}

/** Only what the verifier itself recorded here counts; a result object that a script made, copied or changed is not in it. */
const entries = new WeakMap<VerifyResult, Entry>();
/** Matches of embeddings that came from somewhere else. */
const foreign = new WeakSet<VerifyResult>();

/** Called by the verifier for every match of embeddings that it made. The facts are copied: later changes to the result have no effect. */
export function recordMatch(
  result: VerifyResult,
  { model, modelVersion, pipelineVersion, points }: EmbeddingOrigin & { readonly points: PointsOrigin },
  fmr: number,
): void {
  const { threshold, frames, liveness } = result;
  const moment = thisMoment();
  const facts: MatchFacts = {
    ...{ model, modelVersion, pipelineVersion, fmr, threshold, points, frames, matchedAt: moment.at },
    liveness: liveness ? { challenges: [...liveness.challenges], finishedAt: liveness.finishedAt } : null,
  };
  entries.set(result, { facts, moment });
}

/** Called by the verifier for a match of embeddings that it did not make: it may be used on the page, and never signed. */
export function recordForeignMatch(result: VerifyResult): void {
  foreign.add(result);
}

/**
 * Takes a match out of the ledger, once. Throws a TypeError for anything that is not an unused match of this page's verifier, and
 * `match-expired` for one that is too old.
 */
export function redeemMatch(result: unknown): MatchFacts {
  const known = typeof result === 'object' && result !== null ? (result as VerifyResult) : undefined;
  if (known && foreign.has(known)) {
    throw new TypeError(
      'expected a match of pictures, or of what this verifier returned for them within the last ten minutes and nobody changed since, got one of other embeddings',
    );
  }
  const entry = known && entries.get(known);
  if (!entry) {
    throw new TypeError(
      `expected the result of a verification that matched, as verify returned it and not signed yet, got ${describe(result)}`,
    );
  }
  entries.delete(known);
  if (ageOf(entry.moment) > MATCH_LIFETIME_MS)
    throw new VisavisError('match-expired', 'Too much time has passed since your face was recognized: try again.');
  return entry.facts;
}
