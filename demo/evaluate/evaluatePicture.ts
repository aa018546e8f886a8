import { VisavisError, type FaceVerifier } from '../../src/index.js';
import { messageOf } from '../ui/messageOf.js';
import type { Photo } from '../photos/AlbumState.js';
import type { EvaluatedPicture } from './EvaluationState.js';

/** Embeds one picture; one that is unreadable or without a face says so. Throws what is wrong with the engine, and when the signal fires. */
export async function evaluatePicture(
  photo: Photo,
  identity: string,
  verifier: FaceVerifier,
  signal: AbortSignal,
): Promise<EvaluatedPicture> {
  const picture = { photo, file: photo.path, identity };
  try {
    const { embedding, face } = await verifier.embed(photo.file, { select: 'central', signal });
    return { ...picture, embedding, reasons: [...face.quality.reasons], box: face.box };
  } catch (error) {
    if (signal.aborted) throw error;
    const code = error instanceof VisavisError ? error.code : 'bad-image';
    // What the engine can't go on after has a code of its own; whatever else goes wrong is the picture's.
    if (code !== 'no-face' && code !== 'bad-image') throw error;
    return { ...picture, embedding: null, reasons: [], error: code === 'no-face' ? code : messageOf(error), box: null };
  }
}
