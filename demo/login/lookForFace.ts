import { VisavisError, type EmbedResult, type FaceVerifier } from '../../src/index.js';
import type { Look } from './FrameLoop.js';
import { hintFor } from './hints.js';

/** Looks at one frame and embeds its face; null if it doesn't show exactly one good face. */
export function lookForFace(verifier: FaceVerifier, signal: AbortSignal): Look<EmbedResult | null> {
  return async (video) => {
    try {
      const { face, embedding } = await verifier.look(video, { signal });
      const hint = hintFor([face]);
      return { sighting: { faces: [face], hint }, value: hint === 'ok' && embedding ? { face, embedding } : null };
    } catch (error) {
      if (!(error instanceof VisavisError) || (error.code !== 'no-face' && error.code !== 'several-faces')) throw error;
      return { sighting: { faces: [], hint: error.code }, value: null };
    }
  };
}
