// Embeds pictures, and optionally given crops, on one build of the engine in a headless browser.
import { openPictures } from '../openPictures.mjs';
import { withDevPage } from '../withDevPage.mjs';

const SIZE = 160;

/**
 * @param {{
 *   images: string,
 *   files: string[],
 *   build: 'relaxed' | 'relaxed-threads' | 'webgl',
 *   arithmetic?: import('../../src/shared/Arithmetic.js').ArithmeticChoice,
 *   model: string,
 *   crops?: (Uint8Array | null)[],
 *   onProgress: (done: number) => void,
 * }} options without `crops`, the crops are made here
 * @returns {Promise<{ info: { build: string, arithmetic: string, threads: number, renderer: string }, results: import('./main.mjs').Embedded[] }>}
 */
export async function embedOnBuild({ images, files, build, arithmetic = 'auto', model, crops, onProgress }) {
  // Without cross-origin isolation there are no threads; that is how to get `relaxed`.
  const none = { 'Cross-Origin-Opener-Policy': 'unsafe-none', 'Cross-Origin-Embedder-Policy': 'unsafe-none' };
  const headers = build === 'relaxed' ? none : {};
  const pictures = await openPictures(images);
  try {
    return await withDevPage(async (page) => {
      const info = await page.evaluate(open, { backend: build === 'webgl' ? 'webgl' : 'wasm', arithmetic, model });
      if (build !== 'webgl' && info.build !== build) throw new Error(`this browser runs ${info.build} where ${build} was expected`);
      const results = [];
      for (const [i, file] of files.entries()) {
        const url = pictures.urlOf(file);
        const crop = crops?.[i];
        const one = await page.evaluate(embedOne, { url, size: SIZE, crop: crop ? Buffer.from(crop).toString('base64') : null });
        results.push({
          file,
          embedding: one && Float32Array.from(one.embedding),
          cropped: one && Float32Array.from(one.cropped),
          crop: one && new Uint8Array(Buffer.from(one.crop, 'base64')),
        });
        onProgress(i + 1);
      }
      return { info, results };
    }, headers);
  } finally {
    await pictures.close();
  }
}

// The functions below run in the page.

/** @param {{ backend: string, arithmetic: string, model: string }} options */
async function open({ backend, arithmetic, model }) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { createFaceVerifier } = await load('/src/index.ts');
  const verifier = await createFaceVerifier({ modelsUrl: '/models/', backend, arithmetic, model });
  const gl = backend === 'webgl' ? new OffscreenCanvas(1, 1).getContext('webgl2') : null;
  const details = gl?.getExtension('WEBGL_debug_renderer_info');
  const renderer = gl && details ? String(gl.getParameter(details.UNMASKED_RENDERER_WEBGL)) : 'processor';
  Object.assign(window, { verifier });
  const { info } = /** @type {{ info: import('../../src/shared/VerifierInfo.js').VerifierInfo }} */ (verifier);
  return { build: info.build, arithmetic: info.arithmetic, threads: info.threads, renderer };
}

/** @param {{ url: string, size: number, crop: string | null }} job */
async function embedOne({ url, size, crop }) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { verifier } = /** @type {any} */ (window);
  const { pixelsOf } = await load('/e2e/fixtures/pictures.ts');
  const { alignedPng } = await load('/tools/alignedPng.ts');
  const { embedCrop } = await load('/src/testing.ts');
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const pixels = pixelsOf(await createImageBitmap(await response.blob()));
  let result;
  try {
    result = await verifier.embed(pixels, { select: 'central' });
  } catch (error) {
    if (/** @type {any} */ (error).code === 'no-face') return null;
    throw error;
  }
  const bytesOf = (/** @type {string} */ text) => Uint8ClampedArray.from(atob(text), (c) => c.charCodeAt(0));
  /** @type {ImageData} */
  let image;
  if (crop) {
    image = new ImageData(bytesOf(crop), size, size);
  } else {
    const png = new Blob([bytesOf(await alignedPng(pixels, result.face.landmarks, size))], { type: 'image/png' });
    image = pixelsOf(await createImageBitmap(png));
  }
  const cropped = /** @type {Float32Array} */ (await embedCrop(verifier, image));
  const text = Array.from(image.data, (byte) => String.fromCharCode(byte)).join('');
  return { embedding: /** @type {number[]} */ (Array.from(result.embedding)), cropped: Array.from(cropped), crop: btoa(text) };
}
