import type { EmbedResult, FaceVerifier } from '../../src/index.js';
import type { FrameLoop } from './FrameLoop.js';
import { lookForFace } from './lookForFace.js';

export const CAPTURES = 5;
/** Captures of neighbouring frames are one capture: they hold the same noise and the same blink. */
const SPACING = 250;

/** Collects good captures; bad frames, and frames that come too soon after the last capture, are skipped. */
export async function collectCaptures({
  verifier,
  loop,
  signal,
  onCount,
}: {
  verifier: FaceVerifier;
  loop: FrameLoop;
  signal: AbortSignal;
  onCount: (count: number) => void;
}): Promise<EmbedResult[]> {
  const captures: EmbedResult[] = [];
  let nextAt = 0;
  while (captures.length < CAPTURES) {
    const capture = await loop.look(lookForFace(verifier, signal), signal);
    if (!capture || performance.now() < nextAt) continue;
    captures.push(capture);
    nextAt = performance.now() + SPACING;
    onCount(captures.length);
  }
  return captures;
}
