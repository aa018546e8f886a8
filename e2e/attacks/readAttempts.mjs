import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** What films and judges attempts; the pins of the models among it, which change with their weights. */
const CODE = ['ceremony', 'client', 'engine', 'geometry', 'matching', 'quality', 'shared']
  .map((room) => `src/${room}`)
  .concat('e2e/attacks');

/** @typedef {{ people: string, code: string }} Making `people`: the folder of their pictures; `code`: a hash of what films and judges */
/** @typedef {import('./reportAttacks.mjs').Judged & { number: number }} Attempt */

/** What attempts depend on. @param {string} people @returns {Promise<Making>} */
export async function makingOf(people) {
  const hash = createHash('sha256');
  for (const folder of CODE) {
    const files = (await readdir(join(ROOT, folder), { recursive: true }))
      .filter((file) => /(?<!\.test)\.(ts|mjs|json|wasm|c)$/.test(file))
      .sort();
    for (const file of files) hash.update(`${folder}/${file}\n`).update(await readFile(join(ROOT, folder, file)));
  }
  return { people: resolve(people), code: hash.digest('hex') };
}

/**
 * The attempts of an earlier run; an error where they were made otherwise, so that one table never tells of two.
 * @param {string} file
 * @param {Making} now
 * @returns {Promise<Attempt[]>}
 */
export async function readAttempts(file, now) {
  const { made, attempts } = JSON.parse(await readFile(file, 'utf8'));
  const other = !made ? 'by an older version' : made.people !== now.people ? `of the people in ${made.people}` : 'with other code';
  if (made?.people !== now.people || made.code !== now.code) {
    throw new Error(`${file}: its attempts were made ${other}: name another file by --json, or delete this one`);
  }
  return attempts;
}
