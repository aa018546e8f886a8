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

/** Every number of captures that an enrollment makes, by every number of frames that a live verification fuses. */
export const ALL_FRAME_COUNTS: readonly (readonly [template: number, probe: number])[] = [1, 2, 3, 4, 5, 6].flatMap((template) =>
  [1, 2, 3, 4, 5].flatMap((probe) => (template * probe > 1 ? [[template, probe] as const] : [])),
);

export interface CalibrateOptions extends Omit<FusedOptions, 'templateFrames' | 'probeFrames'> {
  /** Numbers of frames in a template and in a probe. Default: `FRAME_COUNTS`. */
  readonly frames?: readonly (readonly [template: number, probe: number])[];
}

/** `fusedOperatingPoints` for several numbers of frames, for verifiers that decide on several frames. */
export function calibrateFrames(samples: readonly Sample[], { frames = FRAME_COUNTS, ...options }: CalibrateOptions = {}): FusedReport[] {
  return frames.map(([templateFrames, probeFrames]) => fusedOperatingPoints(samples, { ...options, templateFrames, probeFrames }));
}
