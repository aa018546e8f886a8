import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** What films and judges attempts, and computes the embeddings; the pins of the models among it, which change with their weights. */
const CODE = [
  ...['ceremony', 'client', 'engine', 'geometry', 'graph', 'matching', 'quality', 'shared', 'worker'].map((room) => `src/${room}`),
  ...['scene', 'films.ts', 'suite.ts', 'main.mjs'].map((name) => `e2e/attacks/${name}`),
];

/** @typedef {{ people: string, pictures: string, code: string }} Making `people`: the folder of their pictures; hashes of those and the code */
/** @typedef {import('./reportAttacks.mjs').Judged & { number: number }} Attempt */

/** What attempts depend on. @param {string} people @param {readonly string[]} pictures as paths from there @returns {Promise<Making>} */
export async function makingOf(people, pictures) {
  const [sizes, code] = [createHash('sha256'), createHash('sha256')];
  for (const picture of pictures) sizes.update(`${picture} ${(await stat(join(people, picture))).size}\n`);
  for (const file of (await Promise.all(CODE.map(filesOf))).flat()) code.update(`${file}\n`).update(await readFile(join(ROOT, file)));
  return { people: resolve(people), pictures: sizes.digest('hex'), code: code.digest('hex') };
}

/** A file, or those below a folder that make attempts what they are. @param {string} path @returns {Promise<string[]>} */
async function filesOf(path) {
  if (!(await stat(join(ROOT, path))).isDirectory()) return [path];
  const files = await readdir(join(ROOT, path), { recursive: true });
  return files
    .filter((file) => /(?<!\.test)\.(ts|mjs|json|wasm|c)$/.test(file) && !/\bfixtures\b/.test(file))
    .sort()
    .map((file) => `${path}/${file}`);
}

/**
 * The attempts of an earlier run; an error where they were made otherwise, so that one table never tells of two.
 * @param {string} file
 * @param {Making} now
 * @returns {Promise<Attempt[]>}
 */
export async function readAttempts(file, now) {
  const { made, attempts } = JSON.parse(await readFile(file, 'utf8'));
  const other = !made?.pictures
    ? 'by an older version'
    : made.code !== now.code
      ? 'with other code'
      : `of other pictures, in ${made.people}`;
  if (made?.pictures !== now.pictures || made.code !== now.code) {
    throw new Error(`${file}: its attempts were made ${other}: name another file by --json, or delete this one`);
  }
  return attempts;
}
