import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const FOLDER = join(import.meta.dirname, '../.cache/brotli');
/** The best quality, as a host would compress files that do not change. */
const QUALITY = 11;
const compress = promisify(brotliCompress);

/**
 * Compresses once, since the best quality takes many seconds for a model. Returns the same bytes if they do not get fewer.
 * @param {Buffer} content
 */
export async function brotli(content) {
  const name = join(FOLDER, `${createHash('sha256').update(content).digest('hex')}.br`);
  const kept = await readFile(name).catch(() => null);
  if (kept) return kept.length < content.length ? kept : content;
  const small = await compress(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      [constants.BROTLI_PARAM_LGWIN]: 24,
    },
  });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${name}.${process.pid}`, small);
  await rename(`${name}.${process.pid}`, name);
  return small.length < content.length ? small : content;
}
