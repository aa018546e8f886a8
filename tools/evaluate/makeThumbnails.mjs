import { openPage } from './openPage.mjs';

/** Longer side in pixels. */
const SIDE = 120;

/**
 * Small versions of pictures as data URIs; a picture that cannot be drawn is left out.
 * @param {string} images
 * @param {readonly string[]} files below `images`
 * @returns {Promise<Map<string, string>>}
 */
export async function makeThumbnails(images, files) {
  if (files.length === 0) return new Map();
  const { page, close } = await openPage(images);
  try {
    return new Map(await page.evaluate(shrink, { files: [...files], side: SIDE }));
  } finally {
    await close();
  }
}

// Runs in the page.

/** @param {{ files: string[], side: number }} options */
async function shrink({ files, side }) {
  /** @type {[string, string][]} */
  const out = [];
  for (const file of files) {
    try {
      const response = await fetch(`/images/${file.split('/').map(encodeURIComponent).join('/')}`);
      const bitmap = await createImageBitmap(await response.blob());
      const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.height = Math.max(1, Math.round(bitmap.height * scale));
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.imageSmoothingQuality = 'high';
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      bitmap.close();
      out.push([file, canvas.toDataURL('image/jpeg', 0.82)]);
    } catch {
      // The page then says "no picture" in its place.
    }
  }
  return out;
}
