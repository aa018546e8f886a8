// npm run parity -- --images DIR --pairs FILE [--count 200] [--json FILE] [--write]: does every backend give the same embeddings and
// verdicts?
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parsePairs } from 'visavis/evaluation';
import { count } from '../count.mjs';
import { replaceFile } from '../replaceFile.mjs';
import { embedCropsInNode } from './embedCropsInNode.mjs';
import { embedOnBuild } from './embedOnBuild.mjs';
import { compareBuilds } from './compareBuilds.mjs';

const ROOT = join(import.meta.dirname, '../..');
const USAGE = `Embeds the same pictures on every backend and in every arithmetic, and their aligned crops in plain JavaScript too, and compares the results.

  npm run parity -- --images DIR --pairs FILE [options]

  --images DIR    folder of pictures
  --pairs FILE    CSV with the header fold,a,b,same; the pictures are taken from its first genuine pairs
  --count N       how many pictures (default 200)
  --model ID      a folder of public/models (default mobilenet-160)
  --json FILE     writes the report as JSON
  --write         writes the resulting bound for the check at load (golden.minCosine) into the model's manifest
`;
/** The check at load allows ten times the largest gap found, and never less than a cosine of 0.9999 (a distance of 0.014). */
const MARGIN = 10;
const MIN_COSINE = 0.9999;
/** Each way to compute. 8-bit integers, which have a golden embedding of their own, don't count for the bound. */
const WAYS = /** @type {const} */ ([
  { build: 'relaxed', arithmetic: 'float32' },
  { build: 'relaxed-threads', arithmetic: 'float32' },
  { build: 'relaxed', arithmetic: 'int16' },
  { build: 'relaxed', arithmetic: 'int8' },
  { build: 'relaxed-threads', arithmetic: 'int8' },
  { build: 'webgl', arithmetic: 'auto' },
]);
const BASE = 'relaxed, float32';

/**
 * @typedef {{ file: string, embedding: Float32Array | null, cropped: Float32Array | null, crop: Uint8Array | null }} Embedded `crop`: RGBA,
 * 160 × 160
 */

async function main() {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      pairs: { type: 'string' },
      count: { type: 'string', default: '200' },
      model: { type: 'string', default: 'mobilenet-160' },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void console.log(USAGE);
  const { images, model } = values;
  if (!images || !values.pairs) throw new Error(`--images and --pairs are needed.\n\n${USAGE}`);
  const most = count('--count', values.count, 2);
  const genuine = parsePairs(await readFile(values.pairs, 'utf8')).filter(({ same }) => same);
  const files = [...new Set(genuine.flatMap(({ a, b }) => [a, b]))].slice(0, most);
  const manifestPath = join(ROOT, 'public/models', model, 'manifest.json');
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8'));

  /** @type {Record<string, Embedded[]>} */
  const builds = {};
  for (const { build, arithmetic } of WAYS) {
    const began = Date.now();
    // Every build gets the same crops, so that the graph alone can be compared besides the whole pipeline.
    const crops = builds[BASE]?.map(({ crop }) => crop);
    const { info, results } = await embedOnBuild({
      images,
      files,
      build,
      arithmetic,
      model,
      crops,
      onProgress: (n) => progress(build, n, files.length),
    });
    builds[`${info.build}, ${info.arithmetic}`] = results;
    console.log(
      `\r${info.build}, ${info.arithmetic}, ${info.threads} thread(s), ${info.renderer}: ${((Date.now() - began) / 1000).toFixed(0)} s`,
    );
  }
  const cropped = await embedCropsInNode(
    join(ROOT, 'public/models', model),
    builds[BASE].map(({ crop }) => crop),
    (n) => progress('plain JavaScript', n, files.length),
  );
  builds['plain JavaScript'] = cropped.map((embedding, i) => ({ file: files[i], embedding: null, cropped: embedding, crop: null }));

  const identity = new Map(files.map((file) => [file, file.replace(/_\d+\.\w+$/, '')]));
  const report = {
    model,
    modelVersion: manifest.version,
    ...compareBuilds(builds, BASE, identity, manifest.embedder.operatingPoints, (build) => !build.endsWith('int8')),
  };
  console.log(`\n\n${report.pictures} pictures, ${model} ${manifest.version}, compared with ${BASE}`);
  for (const { build, graphGap, pipelineGap, flips } of report.builds) {
    console.log(
      `  ${build.padEnd(22)} largest cosine gap: same crops ${graphGap.toExponential(1)}, whole pictures ${pipelineGap?.toExponential(1) ?? 'not run'}; ` +
        (flips ? `verdicts that flip: ${flips.map((f) => `${f.flipped} of ${f.pairs} at ${f.fmr}`).join(', ')}` : ''),
    );
  }
  const bound = Math.min(MIN_COSINE, Number((1 - MARGIN * report.largestGraphGap).toFixed(6)));
  console.log(`The check at load should demand a cosine of ${bound} (it currently demands ${manifest.embedder.golden.minCosine}).`);
  if (values.json) await replaceFile(values.json, `${JSON.stringify({ ...report, bound }, null, 2)}\n`);
  if (values.write) {
    manifest.embedder.golden.minCosine = bound;
    await replaceFile(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
    console.log('Run `npm run pin`: the library takes this manifest only once its new hash is in its list.');
  }
}

/** @param {string} what @param {number} done @param {number} total */
function progress(what, done, total) {
  if (process.stdout.isTTY) process.stdout.write(`\r${what}: ${done} of ${total}   `);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
