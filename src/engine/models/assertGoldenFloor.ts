import type { ModelJson } from '../../graph/ModelJson.js';
import type { Manifest } from '../../shared/Manifest.js';
import { VisavisError } from '../../shared/VisavisError.js';

/**
 * The least cosine to the golden embedding that a manifest may demand. Backends differ by less than 1e-6, so that even models with few bits
 * ship with 0.9999. What is stored in 8 or 16 bits may have its golden embedding from the network before it was rounded.
 */
const FLOOR = { exact: 0.9999, rounded: 0.99 };

/** The same for 8-bit integers, also to a golden embedding that was computed without. */
export const INT8_FLOOR = 0.999;

/** Throws `model-corrupt` for a manifest whose golden embedding checks nothing. */
export function assertGoldenFloor({ embedder }: Manifest, { weightsManifest }: ModelJson, url: string): void {
  if (!embedder) return;
  const rounded = weightsManifest.some(({ weights }) => weights.some(({ quantization }) => quantization?.dtype.startsWith('uint')));
  const floor = rounded ? FLOOR.rounded : FLOOR.exact;
  const { minCosine, int8 } = embedder.golden;
  if (int8 && !(int8.minCosine >= INT8_FLOOR && int8.minCosine <= 1)) {
    throw new VisavisError(
      'model-corrupt',
      `${url} demands a cosine of ${int8.minCosine} to the golden embedding in 8-bit integers, where ${INT8_FLOOR} to 1 is expected. Export ` +
        'the manifest again.',
    );
  }
  if (minCosine >= floor && minCosine <= 1) return;
  throw new VisavisError(
    'model-corrupt',
    `${url} demands a cosine of ${minCosine} to the golden embedding, where ${floor} to 1 is expected of ` +
      `${rounded ? 'rounded' : 'exact'} weights: a model that computes wrongly would go unnoticed. Export the manifest again.`,
  );
}
