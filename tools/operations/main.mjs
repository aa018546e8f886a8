// npm run operations [-- MODEL … --bench FILE --write]: compares what embedders compute, and how large, how fast and how accurate they are.
// Times come from the output of a bench run (bench/embedders.json: both networks on one machine).
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { countFolder } from './countFolder.mjs';
import { describeModels } from './describeModels.mjs';

const ROOT = join(import.meta.dirname, '../..');
const MODELS = join(ROOT, 'public/models');
const PAGE = join(ROOT, 'docs/models.md');
const [BEGIN, END] = ['<!-- operations:begin -->', '<!-- operations:end -->'];
/** The part of a bench run that ran each model. @type {Record<string, string>} */
const PARTS = { 'mobilenet-160': 'embedding', 'inception-160': 'inception' };
const USUAL = ['mobilenet-160', 'inception-160'];

/** @param {string} id @param {Record<string, any>} bench what `npm run bench` found */
async function describe(id, bench) {
  const folder = join(MODELS, id);
  if (!existsSync(folder)) throw new Error(`public/models/${id} is not in this checkout (training/README.md says how a model is exported)`);
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const files = await Promise.all(manifest.files.map((/** @type {{ path: string }} */ { path }) => readFile(join(folder, path))));
  const sum = (/** @type {(file: Buffer) => number} */ size) => files.reduce((all, file) => all + size(file), 0);
  return {
    manifest,
    layers: countFolder(folder),
    times: bench[PARTS[id]] ?? [],
    bytes: sum((file) => file.length),
    brotli: sum((file) => brotliCompressSync(file).length),
  };
}

try {
  const { values, positionals } = parseArgs({
    options: { write: { type: 'boolean', default: false }, bench: { type: 'string', default: join(ROOT, 'bench/embedders.json') } },
    allowPositionals: true,
  });
  const bench = JSON.parse(await readFile(values.bench, 'utf8'));
  const tables = describeModels(await Promise.all((positionals.length > 0 ? positionals : USUAL).map((id) => describe(id, bench))));
  console.log(tables);
  if (values.write) {
    const page = await readFile(PAGE, 'utf8');
    const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
    if (from < 0 || to < from) throw new Error(`docs/models.md has no ${BEGIN} … ${END}`);
    await writeFile(PAGE, `${page.slice(0, from + BEGIN.length)}\n\n${tables}\n\n${page.slice(to)}`);
    console.log('\nwritten: docs/models.md');
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
