import { squareAround } from '../photos/squareAround.js';
import type { EvaluatedPicture } from './EvaluationState.js';

/** How much room the face gets on each side, as a share of its size. */
const ROOM = 0.25;

/**
 * Shows the face of a person's own file in a square frame that cuts off the rest. The image is moved and scaled, not drawn on a canvas,
 * which would keep the page waiting for the graphics card. The file's address is given up as soon as it is read.
 */
export async function showFace(image: HTMLImageElement, { photo, box }: EvaluatedPicture): Promise<void> {
  if (!box) return;
  const url = URL.createObjectURL(photo.file);
  try {
    await new Promise((resolve, reject) => {
      image.addEventListener('load', resolve, { once: true });
      image.addEventListener('error', () => reject(new Error(`${photo.path} cannot be shown.`)), { once: true });
      image.src = url;
    });
  } finally {
    URL.revokeObjectURL(url);
  }
  const { naturalWidth: width, naturalHeight: height } = image;
  const square = squareAround(box, ROOM, { width, height });
  const share = (pixels: number) => `${((100 * pixels) / square.width).toFixed(2)}%`;
  Object.assign(image.style, { width: share(width), height: share(height), left: share(-square.x), top: share(-square.y) });
}
