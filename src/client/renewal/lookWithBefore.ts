import type { FaceReport } from '../../shared/FaceReport.js';
import { capture, type Capture } from '../live/capture.js';
import type { HeldFrame } from './holdFrame.js';
import type { OlderVerifier } from './RenewOptions.js';

/**
 * Looks with the older model at a frame of which the new one took a face. It searches the whole frame anew, so that nobody is overlooked whom the
 * new one does not follow, and has to find the same face, alone.
 */
export async function lookWithBefore(
  from: OlderVerifier,
  { source, toSource }: HeldFrame,
  face: FaceReport,
  signal: AbortSignal | undefined,
): Promise<Capture> {
  const seen = await capture(from, source, { signal, track: false, gate: true });
  if (!seen.face) return seen;
  const found = { ...seen, face: toSource(seen.face) };
  if (!seen.embedding || isSameFace(found.face, face)) return found;
  seen.embedding.fill(0);
  const trouble = { code: 'several-faces', reasons: [], message: 'The two models saw different faces.' } as const;
  return { face: null, embedding: null, trouble, origin: 'elsewhere' };
}

/** Whether the middle of each face lies well within the other. */
function isSameFace({ box: a }: FaceReport, { box: b }: FaceReport): boolean {
  const x = a.x + a.width / 2 - b.x - b.width / 2;
  const y = a.y + a.height / 2 - b.y - b.height / 2;
  return Math.hypot(x, y) <= Math.min(a.width, b.width) / 2;
}
