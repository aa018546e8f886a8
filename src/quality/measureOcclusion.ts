import type { Quality } from '../shared/FaceReport.js';
import { occlusionInput } from './occlusionInput.js';
import { runOcclusionNetwork, type OcclusionNetwork } from './occlusionNetwork.js';

/**
 * How much of a face is hidden by something: sunglasses, a mask, a hand, hair. A small network estimates it from an aligned crop (RGB in −1
 * … 1, [size, size, 3]); docs/quality.md says how it was trained and how far to trust it.
 */
export function measureOcclusion(crop: Float32Array, network: OcclusionNetwork): Pick<Quality, 'occlusion' | 'hidden'> {
  const [rightEye, leftEye, nose, mouth] = runOcclusionNetwork(network, occlusionInput(crop));
  return { occlusion: (rightEye + leftEye + nose + mouth) / 4, hidden: { rightEye, leftEye, nose, mouth } };
}
