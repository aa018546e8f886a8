import type { Pose, Quality } from '../shared/FaceReport.js';

export type Scored = Pick<Quality, 'sharpness' | 'evenness' | 'mouthOpen' | 'occlusion'> & { readonly pose: Pose };

/** No single measure takes more than this factor. */
const LEAST = 0.02;

/**
 * One number for a capture, 0 … 1: the geometric mean of five measures, each brought linearly from its bad end (0) to its good end (1).
 * Ends and choice were made on Labeled Faces in the Wild, sets 1 to 5 of view 2, by what refusing the worst captures does to errors:
 * docs/quality.md. Occlusion counts by its logarithm: between bare faces it tells those that are turned, dark or blurred. Brightness is
 * left out, which is also the skin's.
 */
export function qualityScore({ sharpness, evenness, mouthOpen, occlusion, pose }: Scored): number {
  const parts = [
    between(sharpness, 0.035, 0.16),
    between(evenness, 0.4, 0.9),
    between(mouthOpen, 0.7, 0.05),
    between(Math.log(occlusion), Math.log(0.3), Math.log(0.01)),
    between(Math.hypot(pose.yaw, pose.pitch), 45, 5),
  ];
  return Math.exp(parts.reduce((sum, part) => sum + Math.log(Math.max(part, LEAST)), 0) / parts.length);
}

/** What is no number counts as bad. */
function between(value: number, bad: number, good: number): number {
  const share = (value - bad) / (good - bad);
  return share >= 0 ? Math.min(share, 1) : 0;
}
