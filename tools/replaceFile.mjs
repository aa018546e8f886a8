import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file whole or not at all: a full disk or an interruption leaves what was there.
 * @param {string} path
 * @param {string} text
 */
export async function replaceFile(path, text) {
  const there = await stat(path).catch(() => null);
  // Such as /dev/stdout: nothing can be put in its place.
  if (there && !there.isFile()) return writeFile(path, text);
  // A link stays one.
  const target = there ? await realpath(path) : path;
  const fresh = join(dirname(target), `.${basename(target)}-${randomUUID()}`);
  try {
    await writeFile(fresh, text);
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
