import { describe } from './describe.js';
import type { VerifiedLiveness, VerifyResult } from './verification.js';
import type { EmbeddingOrigin } from './Template.js';
import { VisavisError } from './VisavisError.js';

/** How long a match may be signed, from the verdict on. Long enough for a person to press a passkey, too short to be left lying about. */
export const MATCH_LIFETIME_MS = 30_000;

/** What a signature may say about a match. The distance is not among it: told to an attacker, it would say which picture comes closer. */
export interface MatchFacts extends EmbeddingOrigin {
  /** The false match rate that was decided at. */
  readonly fmr: number;
  readonly threshold: number;
  readonly frames: number;
  readonly liveness: VerifiedLiveness | null;
  /** Milliseconds since 1970. */
  readonly matchedAt: number;
}

interface Entry {
  readonly facts: MatchFacts;
  /** Of the clock that a person cannot set, milliseconds. */
  readonly tick: number;
}

/** Only what the verifier itself wrote here counts; a result object that a script made, copied or changed is not in it. */
const entries = new WeakMap<VerifyResult, Entry>();

/** Called by the verifier for every result that matched. Facts are copied: what is done to the result afterwards changes nothing. */
export function recordMatch(result: VerifyResult, { model, modelVersion, pipelineVersion }: EmbeddingOrigin, fmr: number): void {
  const { threshold, frames, liveness } = result;
  const facts: MatchFacts = {
    ...{ model, modelVersion, pipelineVersion, fmr, threshold, frames, matchedAt: Date.now() },
    liveness: liveness ? { challenges: [...liveness.challenges], finishedAt: liveness.finishedAt } : null,
  };
  entries.set(result, { facts, tick: performance.now() });
}

/**
 * Takes a match out of the ledger, once. Throws a TypeError for anything that is not a fresh match of this page's verifier, and `match-expired`
 * for one that waited too long.
 */
export function redeemMatch(result: unknown): MatchFacts {
  const known = typeof result === 'object' && result !== null ? (result as VerifyResult) : undefined;
  const entry = known && entries.get(known);
  if (!entry) {
    throw new TypeError(
      `expected the result of a verification that matched, as verify returned it and not signed yet, got ${describe(result)}`,
    );
  }
  entries.delete(known);
  // Two clocks: one stands still while some devices sleep, the other can be set.
  const age = Math.max(performance.now() - entry.tick, Math.abs(Date.now() - entry.facts.matchedAt));
  if (age > MATCH_LIFETIME_MS)
    throw new VisavisError('match-expired', 'Too much time has passed since your face was recognized: try again.');
  return entry.facts;
}
