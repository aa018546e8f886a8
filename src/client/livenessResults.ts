import { describe } from '../shared/describe.js';
import type { LivenessResult } from '../shared/liveness.js';
import { LIVENESS_LIFETIME, type LivenessRefusal, type VerifiedLiveness } from '../shared/verification.js';

interface Entry {
  /** From the session's last frames; null if the session was not passed. */
  readonly embedding: Float32Array | null;
  readonly proof: VerifiedLiveness;
  /** By the page's monotonic clock, which nobody can set back. */
  readonly finishedAt: number;
  used: boolean;
}

/** Every result that a session on this page returned. An object made by hand, or a copy, is not in here. */
const results = new WeakMap<LivenessResult, Entry>();

export function registerResult(result: LivenessResult, embedding: Float32Array | null): LivenessResult {
  const { challenges, finishedAt } = result;
  results.set(result, { embedding, proof: Object.freeze({ challenges, finishedAt }), finishedAt: performance.now(), used: false });
  return result;
}

/** A liveness result in the form that a verification uses. */
export interface Redeemed {
  /** Why it does not count; null if it does. */
  readonly refusal: LivenessRefusal | null;
  readonly embedding: Float32Array | null;
  readonly proof: VerifiedLiveness;
}

/** Uses up a result. Throws a TypeError for anything that is not a session's result. */
export function redeem(result: LivenessResult): Redeemed {
  const entry = typeof result === 'object' && result !== null ? results.get(result) : undefined;
  if (!entry) throw new TypeError(`expected liveness to be what a liveness session resolved to, got ${describe(result)}`);
  const { embedding, proof } = entry;
  const refusal = refusalOf(entry);
  entry.used = true;
  return { refusal, embedding, proof };
}

function refusalOf({ embedding, finishedAt, used }: Entry): LivenessRefusal | null {
  if (!embedding) return 'liveness-failed';
  if (used) return 'liveness-used';
  return performance.now() - finishedAt > LIVENESS_LIFETIME ? 'liveness-expired' : null;
}
