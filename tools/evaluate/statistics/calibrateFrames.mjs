import { fusedOperatingPoints } from './fusedOperatingPoints.mjs';

/** Numbers of frames in a template and in a probe; single pictures have all their pairs in `measure`. */
export const FRAME_COUNTS = /** @type {const} */ ([
  [3, 1],
  [5, 1],
  [5, 3],
  [3, 3],
  [1, 3],
]);

/**
 * `fusedOperatingPoints` for several numbers of frames.
 * @param {readonly import('./prepareSamples.mjs').Sample[]} samples
 * @param {Omit<import('./fusedOperatingPoints.mjs').FusedOptions, 'templateFrames' | 'probeFrames'> & { frames?: readonly (readonly [number, number])[] }} [options]
 * @returns {import('./fusedOperatingPoints.mjs').FusedReport[]}
 */
export function calibrateFrames(samples, { frames = FRAME_COUNTS, ...options } = {}) {
  return frames.map(([templateFrames, probeFrames]) => fusedOperatingPoints(samples, { ...options, templateFrames, probeFrames }));
}
