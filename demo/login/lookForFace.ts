import { VisavisError, type EmbedResult, type FaceVerifier } from '../../src/index.js';
import type { Look } from './FrameLoop.js';
import { hintFor } from './hints.js';

/** Embeds one frame; null where it does not show one good face. */
export function lookForFace(verifier: FaceVerifier, signal: AbortSignal): Look<EmbedResult | null> {
  return async (video) => {
    try {
      const result = await verifier.embed(video, { signal });
      const hint = hintFor([result.face]);
      return { sighting: { faces: [result.face], hint }, value: hint === 'ok' ? result : null };
    } catch (error) {
      if (!(error instanceof VisavisError) || (error.code !== 'no-face' && error.code !== 'several-faces')) throw error;
      return { sighting: { faces: [], hint: error.code }, value: null };
    }
  };
}
