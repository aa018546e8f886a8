// node tools/recipes/remake.mjs --files DIR [ID …]: makes the recipes' models anew of the unpacked packages in DIR, after the importer has
// changed. Writes the hashes and the golden embedding into tools/recipes/ID/manifest.json, and the folder public/models/ID, whose cohort and
// operating points are then made anew: python3 training/embedded.py --model public/models/ID --share 0.34, python3 training/cohort.py --model
// public/models/ID --pairs FILE --write, npm run evaluate -- --model ID --images DIR --pairs FILE --write-operating-points NAME, and node
// tools/recipes/remake.mjs --take ID takes cohort, manifest and card back. Then npm run pin.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSource } from '../loadSource.mjs';

const ROOT = join(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({ options: { files: { type: 'string' }, take: { type: 'boolean' } }, allowPositionals: true });

/** @type {{ RECIPES: readonly import('./Recipe.js').Recipe[] }} */
const { RECIPES } = await loadSource('tools/recipes/recipes.ts');
const wanted = RECIPES.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
if (values.take) {
  for (const { id } of wanted) {
    for (const name of ['manifest.json', 'cohort.bin', 'MODEL_CARD.md'])
      await cp(join(ROOT, 'public/models', id, name), join(import.meta.dirname, id, name));
  }
} else {
  if (values.files === undefined) throw new Error('expected --files DIR, a folder with the unpacked packages');
  /** @type {{ importModel: typeof import('../../src/importer/importModel.js').importModel }} */
  const { importModel } = await loadSource('src/importer/importModel.ts');
  for (const { id, path, options, manifest, texts, cohort } of wanted) {
    const bytes = new Uint8Array(await readFile(join(values.files, path)));
    const { files, report } = await importModel({ name: path.slice(path.lastIndexOf('/') + 1), bytes }, { ...options, id });
    const made = JSON.parse(Buffer.from(files.get('manifest.json') ?? []).toString());
    const rows = manifest.files.find((file) => file.path === manifest.embedder?.cohort?.path);
    const updated = {
      ...manifest,
      files: [...made.files, ...(rows ? [rows] : [])],
      embedder: { ...manifest.embedder, golden: made.embedder.golden },
    };
    const text = `${JSON.stringify(updated, null, 2)}\n`;
    const folder = join(ROOT, 'public/models', id);
    await mkdir(folder, { recursive: true });
    for (const name of ['model.json', 'weights.bin']) await writeFile(join(folder, name), files.get(name) ?? '');
    if (rows) await writeFile(join(folder, rows.path), cohort);
    for (const [name, content] of texts) await writeFile(join(folder, name), name === 'manifest.json' ? text : content);
    await writeFile(join(import.meta.dirname, id, 'manifest.json'), text);
    console.log(`${id}: ${report.bytes} bytes, cosine ${report.storedCosine.toFixed(5)}`);
  }
}
