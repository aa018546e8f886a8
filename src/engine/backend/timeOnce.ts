import { withinAwakeTime } from '../../shared/withinAwakeTime.js';
import type { BuiltPipeline } from '../buildPipeline.js';

/** So long calls may wait for one run: a liveness session that gets no frame for longer is interrupted. */
const LIMIT_MS = 1000;

/**
 * Milliseconds to follow and embed one face, once. Rejects with an Error where that takes too long: what a GPU computes may never come back.
 * @param usual milliseconds that calls wait for in any case
 */
export async function timeOnce(built: BuiltPipeline, usual: number): Promise<number> {
  const limit = Math.max(LIMIT_MS, usual);
  const start = performance.now();
  await withinAwakeTime(built.exercise(), limit, () => {
    throw new Error(`a run took more than ${limit / 1000} s`);
  });
  return performance.now() - start;
}
