// A folder of pictures for the tools' pages: what is in it, and where such a page can fetch it.
import { readdir } from 'node:fs/promises';
import { serveFolders } from './staticServer.mjs';

const PICTURE = /\.(jpe?g|png|webp)$/i;
/** The pages come from another server, and may be cross-origin isolated. */
const HEADERS = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };

/**
 * @param {string} folder
 * @returns {Promise<{ files: string[], urlOf: (file: string) => string, close: () => Promise<void> }>} `files`: JPEG, PNG and WebP in it
 *   and below, sorted,
 *   as paths from `folder`
 */
export async function openPictures(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => PICTURE.test(file)).sort();
  const { url, close } = await serveFolders({ '/': folder }, { headers: HEADERS });
  return { files, urlOf: (file) => new URL(file.split(/[\\/]/).map(encodeURIComponent).join('/'), url).href, close };
}
