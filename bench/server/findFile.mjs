import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { brotli } from './brotli.mjs';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
};
/** Already compressed. */
const DENSE = ['.jpg'];

/** @typedef {{ body: Buffer, type: string, encoding: string | null, tag: string, kind: 'code' | 'models' | 'pictures' }} ServedFile */

/** Files as last served; a bench reads each only once. @type {Map<string, { changed: number, file: ServedFile }>} */
const known = new Map();

/**
 * @param {Record<string, string>} mounts
 * @param {string} pathname
 * @param {boolean} compress
 * @returns {Promise<ServedFile | null>}
 */
export async function findFile(mounts, pathname, compress) {
  const clean = normalize(decodeURIComponent(pathname));
  const mount = Object.keys(mounts).find((path) => clean.startsWith(`${path}/`));
  if (mount === undefined || clean.includes('\0')) return null;
  const path = join(mounts[mount], clean.slice(mount.length));
  const status = await stat(path).catch(() => null);
  if (!status?.isFile()) return null;
  const key = `${path} ${compress}`;
  const before = known.get(key);
  if (before?.changed === status.mtimeMs) return before.file;
  const extension = extname(path);
  const content = await readFile(path);
  const dense = DENSE.includes(extension);
  const body = compress && !dense ? await brotli(content) : content;
  const file = {
    body,
    type: TYPES[extension] ?? 'application/octet-stream',
    encoding: body === content ? null : 'br',
    tag: `"${createHash('sha256').update(content).digest('hex').slice(0, 20)}"`,
    kind: /** @type {ServedFile['kind']} */ (dense ? 'pictures' : /models?\//.test(clean) ? 'models' : 'code'),
  };
  known.set(key, { changed: status.mtimeMs, file });
  return file;
}
