// npm run pin: writes the hash of every model's manifest into src/shared/manifestPins.json, by which the library and the command `visavis`
// know the models that ship, and those that tools/recipes makes of other people's files; and the files of those that ship into
// src/shared/shippedFiles.json, so that a page can ask for them before it has seen a manifest. To be run, and its change reviewed, after a
// manifest has changed; a test says when it was forgotten.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SHIPPED_MODELS } from './models/shippedModels.mjs';

const ROOT = join(import.meta.dirname, '..');
const MODELS = join(ROOT, 'public/models');

const RECIPES = join(ROOT, 'tools/recipes');

const made = (await readdir(RECIPES, { withFileTypes: true })).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
const ids = new Set([...SHIPPED_MODELS, ...made]);
/** @type {Record<string, string>} */
const pins = {};
/** @type {Record<string, Pick<import('../src/shared/Manifest.ts').Manifest, 'id' | 'version' | 'files'>>} */
const shipped = {};
for (const id of [...ids].sort()) {
  const bytes = await readFile(join(made.includes(id) ? RECIPES : MODELS, id, 'manifest.json'));
  pins[id] = `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
  if (made.includes(id)) continue;
  const { version, files } = JSON.parse(bytes.toString());
  shipped[id] = { id, version, files };
}
const write = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  writeFile(join(ROOT, 'src/shared', name), `${JSON.stringify(value, null, 2)}\n`);
await write('manifestPins.json', pins);
await write('shippedFiles.json', shipped);
