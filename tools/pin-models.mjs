// npm run pin: writes the hash of every model's manifest into src/shared/manifestPins.json, by which the library and the command `visavis`
// know the models that ship, and those that tools/recipes makes of other people's files. To be run, and its change reviewed, after a manifest has changed; a test says when it was forgotten.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const MODELS = join(ROOT, 'public/models');

const RECIPES = join(ROOT, 'tools/recipes');

const made = (await readdir(RECIPES, { withFileTypes: true })).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
const ids = new Set([...(await readdir(MODELS)), ...made]);
/** @type {Record<string, string>} */
const pins = {};
for (const id of [...ids].sort()) {
  const manifest = await readFile(join(made.includes(id) ? RECIPES : MODELS, id, 'manifest.json'));
  pins[id] = `sha256-${createHash('sha256').update(manifest).digest('base64')}`;
}
await writeFile(join(ROOT, 'src/shared/manifestPins.json'), `${JSON.stringify(pins, null, 2)}\n`);
