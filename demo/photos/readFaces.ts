import { VisavisError, type Box, type FaceVerifier } from '../../src/index.js';
import type { Face, Photo } from './AlbumState.js';
import { cutPicture } from './cutPicture.js';
import { squareAround } from './squareAround.js';

/** Longer sides in pixels: what faces are looked for in, and their thumbnails. */
const SEARCH = 3200;
const THUMBNAIL = 192;
/** How much room a thumbnail has around the face, as a share of its size. */
const THUMBNAIL_ROOM = 0.25;

/**
 * All faces of a photo with their embeddings, biggest first, those of groups too; what looks like a drawing is left out. Throws `bad-image`
 * for a file that is no readable picture.
 */
export async function readFaces(photo: Photo, verifier: FaceVerifier, signal: AbortSignal): Promise<Face[]> {
  const picture = await decode(photo.file);
  const faces: Face[] = [];
  try {
    for (const { embedding, box } of await findFaces(picture, verifier, signal)) {
      faces.push({ photo, embedding, box, thumbnail: await drawThumbnail(picture, box) });
    }
    return faces;
  } catch (error) {
    for (const { thumbnail } of faces) URL.revokeObjectURL(thumbnail);
    throw error;
  } finally {
    picture.close();
  }
}

async function decode(file: File): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch (cause) {
    throw new VisavisError('bad-image', `${file.name} cannot be read as a picture.`, { cause });
  }
}

async function findFaces(picture: ImageBitmap, verifier: FaceVerifier, signal: AbortSignal) {
  const view = await cutPicture(picture, { x: 0, y: 0, width: picture.width, height: picture.height }, SEARCH);
  try {
    const scale = picture.width / view.width;
    const all = await verifier.embedAll(view, { signal, small: true });
    const found = all
      .filter(({ face }) => !face.quality.reasons.includes('not-a-face'))
      .map(({ embedding, face }) => ({ embedding, box: scaled(face.box, scale) }));
    return found.sort((a, b) => b.box.width - a.box.width);
  } finally {
    view.close();
  }
}

async function drawThumbnail(picture: ImageBitmap, box: Box): Promise<string> {
  const square = await cutPicture(picture, squareAround(box, THUMBNAIL_ROOM, picture), THUMBNAIL);
  try {
    const canvas = new OffscreenCanvas(square.width, square.height);
    canvas.getContext('2d')!.drawImage(square, 0, 0);
    return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 }));
  } finally {
    square.close();
  }
}

function scaled({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}
