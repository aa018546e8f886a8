import { VisavisError, type FaceVerifier } from '../../src/index.js';
import { isPicturesFault } from '../engine/isPicturesFault.js';
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
    const isEmpty = error instanceof VisavisError && error.code === 'no-face';
    if (!isEmpty && !isPicturesFault(error)) throw error;
    return { ...picture, embedding: null, reasons: [], error: isEmpty ? error.code : messageOf(error), box: null };
  }
}
