import type { FaceVerifier, Template } from '../../src/index.js';
import type { LoginVerdict } from '../state/Outcome.js';
import { median } from '../ui/median.js';
import type { FrameLoop, Look } from './FrameLoop.js';
import { hintOf } from './hints.js';
import { Interruption } from './Interruption.js';

export const FRAMES = 3;

interface Measured {
  readonly distance: number;
  readonly threshold: number;
  readonly estimatedFmr: number;
  readonly ms: number;
}

interface Options {
  readonly verifier: FaceVerifier;
  readonly loop: FrameLoop;
  readonly template: Template;
  readonly fmr: number;
  readonly signal: AbortSignal;
  readonly onCount: (count: number) => void;
}

/**
 * Verifies good frames until there are three or the time is up, and decides by their median distance (the larger of two). There is no second
 * chance beyond that: every further try would raise the rate at which strangers are let in.
 */
export async function verifyFrames({ verifier, loop, template, fmr, signal, onCount }: Options): Promise<LoginVerdict> {
  const look: Look<Measured | null> = async (video) => {
    const start = performance.now();
    const result = await verifier.verify(video, template, { fmr, signal });
    const ms = performance.now() - start;
    const { distance, threshold, fmr: estimatedFmr, face, reason } = result;
    const sighting = { faces: face ? [face] : [], hint: hintOf(result) };
    const usable = distance !== null && estimatedFmr !== null && (reason === undefined || reason === 'different-person');
    return { sighting, value: usable ? { distance, threshold, estimatedFmr, ms } : null };
  };
  const measured: Measured[] = [];
  while (measured.length < FRAMES) {
    try {
      const one = await loop.look(look, signal);
      if (one) onCount(measured.push(one));
    } catch (error) {
      if (measured.length > 0 && error instanceof Interruption && error.kind === 'timeout') break;
      throw error;
    }
  }
  const distance = median(measured.map((m) => m.distance));
  const { threshold, estimatedFmr } = measured.find((m) => m.distance === distance)!;
  const frameMs = median(measured.map((m) => m.ms));
  return { match: distance <= threshold, distance, threshold, fmr, estimatedFmr, frames: measured.length, frameMs };
}
