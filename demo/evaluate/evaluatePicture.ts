import { VisavisError, type FaceVerifier } from '../../src/index.js';
import { messageOf } from '../ui/messageOf.js';
import type { Photo } from '../photos/AlbumState.js';
import type { EvaluatedPicture } from './EvaluationState.js';

/** Embeds one picture; one that is unreadable or without a face says so. Throws whatever else goes wrong. */
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
    const code = error instanceof VisavisError ? error.code : '';
    if (code !== 'no-face' && code !== 'bad-image') throw error;
    return { ...picture, embedding: null, reasons: [], error: code === 'no-face' ? code : messageOf(error), box: null };
  }
}
