import type { FaceVerifier } from '../../src/index.js';
import type { FrameLoop, Look } from './FrameLoop.js';
import { hintFor } from './hints.js';

export const CAPTURES = 5;
/** Captures of neighbouring frames are one capture: they hold the same noise and the same blink. */
const SPACING = 250;

/** Collects good captures into `captures`, whose owner closes them; bad frames are skipped. */
export async function collectCaptures(
  captures: ImageBitmap[],
  { verifier, loop, signal, onCount }: { verifier: FaceVerifier; loop: FrameLoop; signal: AbortSignal; onCount: (count: number) => void },
): Promise<void> {
  let nextAt = 0;
  const look: Look<ImageBitmap | null> = async (video) => {
    const bitmap = await createImageBitmap(video);
    let kept = false;
    try {
      const faces = await verifier.analyze(bitmap, { signal });
      const hint = hintFor(faces);
      kept = hint === 'ok' && performance.now() >= nextAt && !signal.aborted;
      return { sighting: { faces, hint }, value: kept ? bitmap : null };
    } finally {
      if (!kept) bitmap.close();
    }
  };
  while (captures.length < CAPTURES) {
    const bitmap = await loop.look(look, signal);
    if (!bitmap) continue;
    captures.push(bitmap);
    nextAt = performance.now() + SPACING;
    onCount(captures.length);
  }
}
