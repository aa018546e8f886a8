import { fusedOperatingPoints, type FusedOptions, type FusedReport } from './fusedOperatingPoints.js';
import type { Sample } from './Sample.js';

/** Numbers of frames in a template and in a probe. Single pictures are covered by `measureVerification`, which uses all pairs. */
export const FRAME_COUNTS = [
  [3, 1],
  [5, 1],
  [5, 3],
  [3, 3],
  [1, 3],
] as const;

export interface CalibrateOptions extends Omit<FusedOptions, 'templateFrames' | 'probeFrames'> {
  /** Numbers of frames in a template and in a probe. Default: `FRAME_COUNTS`. */
  readonly frames?: readonly (readonly [template: number, probe: number])[];
}

/** `fusedOperatingPoints` for several numbers of frames, for verifiers that decide on several frames. */
export function calibrateFrames(samples: readonly Sample[], { frames = FRAME_COUNTS, ...options }: CalibrateOptions = {}): FusedReport[] {
  return frames.map(([templateFrames, probeFrames]) => fusedOperatingPoints(samples, { ...options, templateFrames, probeFrames }));
}
