// npx visavis calibrate --help
import { access } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readingUsage, UsageError } from '../UsageError.js';
import { run as evaluate } from './main.mjs';

const USAGE = `Measures how well a model of your own tells people apart, and writes its operating points into its folder.

  npx visavis calibrate MODEL SOURCE [options]

MODEL is the model's folder, such as public/models/my-model; the detector and the face mesh lie beside it (npx visavis models copy).
SOURCE is one of
  --people DIR        a folder with one subfolder per person, holding that person's pictures
  --images DIR --pairs FILE
                      a CSV with the header fold,a,b,same; a and b are file names relative to DIR
A false match rate needs 30 false matches: 1 in 1,000 needs 30,000 pairs of strangers, about 85 people with three pictures each. Smaller rates
are extrapolated, and marked so.

  --dataset NAME      what to call the pictures in the manifest (default: the folder's name)
  --backend NAME      auto, wasm or webgl (default wasm)

It runs npx visavis evaluate, whose --help says what is kept of the pictures, and where.`;

/** @param {string[]} args */
export async function run(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  const { values, positionals } = readingUsage(() =>
    parseArgs({
      args,
      allowPositionals: true,
      options: { people: text, images: text, pairs: text, dataset: text, backend: text, help: { type: 'boolean', short: 'h' } },
    }),
  );
  if (values.help) return void console.log(USAGE);
  const [model, ...more] = positionals;
  if (model === undefined || more.length > 0) throw new UsageError(USAGE);
  const folder = resolve(model);
  const { dataset, ...source } = values;
  const pictures = values.people ?? values.images;
  if (pictures === undefined) throw new UsageError('calibrate: expected --people DIR, or --images DIR with --pairs FILE; --help explains');
  await access(join(folder, 'manifest.json')).catch((cause) => {
    throw new Error(`calibrate: expected the folder of a model, with a manifest.json, got ${model}`, { cause });
  });
  await evaluate([
    ...Object.entries(source).flatMap(([name, value]) => (typeof value === 'string' ? [`--${name}`, value] : [])),
    ...['--models', dirname(folder), '--model', basename(folder)],
    ...['--write-operating-points', dataset ?? basename(resolve(pictures))],
  ]);
}
