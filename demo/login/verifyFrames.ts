import { curveFor, type EmbedResult, type FaceVerifier, type LivenessResult, type Template } from '../../src/index.js';
import type { LoginVerdict } from '../state/Outcome.js';
import { median } from '../ui/median.js';
import type { FrameLoop } from './FrameLoop.js';
import { Interruption } from './Interruption.js';
import { lookForFace } from './lookForFace.js';

export const FRAMES = 3;

interface Options {
  readonly verifier: FaceVerifier;
  readonly loop: FrameLoop;
  readonly template: Template;
  readonly fmr: number;
  /** A passed session, whose own last frames are compared instead of new ones. */
  readonly live: LivenessResult | null;
  readonly signal: AbortSignal;
  readonly onCount: (count: number) => void;
}

/**
 * Collects good frames until there are three or the time is up, and decides once, on all of them together. There is no second chance: every
 * further try would raise the rate at which strangers get in.
 */
export async function verifyFrames({ verifier, loop, template, fmr, live, signal, onCount }: Options): Promise<LoginVerdict> {
  const results: EmbedResult[] = [...(live?.captures ?? [])];
  const times: number[] = [];
  while (!live && results.length < FRAMES) {
    try {
      let ms = 0;
      const look = lookForFace(verifier, signal);
      const one = await loop.look(async (video) => {
        const start = performance.now();
        const seen = await look(video);
        ms = performance.now() - start;
        return seen;
      }, signal);
      if (!one) continue;
      times.push(ms);
      onCount(results.push(one));
    } catch (error) {
      if (results.length > 0 && error instanceof Interruption && error.kind === 'timeout') break;
      throw error;
    }
  }
  // Without the task's signal, which may have fired by now: there are no more frames to wait for.
  const result = await verifier.verify(results, template, { fmr, ...(live ? { liveness: live } : {}) });
  const { match, normalizedDistance, threshold, estimatedFmr, frames, reason } = result;
  const points = curveFor(verifier.info.normalized ?? verifier.info, { templateFrames: template.captures, probeFrames: frames });
  return {
    ...{ result, match, threshold, fmr, frames, points, distance: normalizedDistance!, estimatedFmr: estimatedFmr! },
    severalPeople: reason === 'several-faces',
    frameMs: times.length > 0 ? median(times) : (live?.measures.interval ?? 0),
  };
}
