import { withinAwakeTime } from '../../shared/withinAwakeTime.js';
import type { BuiltPipeline } from '../buildPipeline.js';

/** So long calls may wait for one run: a liveness session that gets no frame for longer is interrupted. */
const LIMIT_MS = 1000;

/** Milliseconds to follow and embed one face, once. Rejects with an Error where that takes too long: what a GPU computes may never come back. */
export async function timeOnce(built: BuiltPipeline): Promise<number> {
  const start = performance.now();
  await withinAwakeTime(built.exercise(), LIMIT_MS, () => {
    throw new Error(`a run took more than ${LIMIT_MS / 1000} s`);
  });
  return performance.now() - start;
}
