// npm run evaluate -- --images DIR --pairs FILE [--backend wasm] [--model ID] [--json FILE] [--write-operating-points NAME]
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { embedPictures } from './embedPictures.mjs';
import { crossValidate, equalErrorRate, parsePairs, tarAtFar } from './lfwProtocol.mjs';
import { distance } from './statistics/distance.mjs';
import { identityOf } from './statistics/identityOf.mjs';
import { measure } from './statistics/measure.mjs';

const USAGE = `Runs the LFW protocol through the built SDK in a headless browser.

  npm run evaluate -- --images DIR --pairs FILE [options]

  --images DIR    folder of pictures
  --pairs FILE    CSV with the header fold,a,b,same; a and b are file names below DIR
  --backend NAME  auto, wasm or webgl (default wasm)
  --model ID      a folder of public/models (default mobilenet-160)
  --json FILE     writes the report as JSON
  --write-operating-points NAME
                  measures thresholds on all pairs of the pictures (people are told apart by file name: Given_Family_0001.jpg)
                  and writes them into the model's manifest, with NAME as the data set
`;

async function main() {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      pairs: { type: 'string' },
      backend: { type: 'string', default: 'wasm' },
      model: { type: 'string', default: 'mobilenet-160' },
      json: { type: 'string' },
      'write-operating-points': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void console.log(USAGE);
  if (!values.images || !values.pairs) throw new Error(`--images and --pairs are needed.\n\n${USAGE}`);
  const { images, backend, model } = values;
  if (!(await stat(images).catch(() => null))?.isDirectory()) throw new Error(`--images: ${images} is no folder`);
  const pairs = parsePairs(await readFile(values.pairs, 'utf8'));
  if (values['write-operating-points'] !== undefined) assertNamesTellPeopleApart(pairs);
  const files = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort();

  const { info, results, seconds } = await embedPictures({ images, files, backend, model, onProgress: progressBar(files.length) });
  const embeddings = new Map(results.map(({ file, embedding }) => [file, embedding]));
  const scores = pairs.map(({ fold, a, b, same }) => {
    const [x, y] = [embeddings.get(a), embeddings.get(b)];
    return { fold, same, distance: x && y ? distance(x, y) : Infinity };
  });
  const failed = results.filter(({ embedding }) => !embedding);
  const report = {
    model: info.model,
    modelVersion: info.modelVersion,
    backend: info.backend,
    build: info.build,
    pictures: files.length,
    pairs: pairs.length,
    ...crossValidate(scores),
    equalErrorRate: equalErrorRate(scores),
    tar: [1e-2, 1e-3].map((far) => tarAtFar(scores, far)),
    picturesWithoutFace: failed.map(({ file, error }) => ({ file, error })),
    qualityReasons: count(results.flatMap(({ reasons }) => reasons)),
    refusedByQualityGate: results.filter(({ reasons }) => reasons.length > 0).length,
    picturesPerSecond: files.length / seconds,
  };
  print(report);
  if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  const dataset = values['write-operating-points'];
  if (dataset) await writeOperatingPoints(model, dataset, results);
}

/** @param {string} model @param {string} dataset @param {import('./embedPictures.mjs').Embedded[]} results */
async function writeOperatingPoints(model, dataset, results) {
  const samples = results.map((result) => ({ ...result, identity: identityOf(result.file) }));
  const { operatingPoints: points, measurement, notes } = measure(samples);
  if (points.length === 0) throw new Error(`No operating points were written. ${notes.join(' ')}`);
  const path = join(import.meta.dirname, '../../public/models', model, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  Object.assign(manifest.embedder, { operatingPoints: points, measurement: { dataset, ...measurement } });
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(
    `\nOperating points (${measurement.impostorPairs.toLocaleString('en')} impostor pairs) written to public/models/${model}/manifest.json`,
  );
  console.log('  FMR       threshold  FNMR     95 % interval of FNMR');
  for (const { fmr, threshold, fnmr, fnmrInterval } of points) {
    console.log(
      `  ${fmr.toExponential(0).padEnd(9)} ${threshold.toFixed(4)}     ${percent(fnmr)}   ${fnmrInterval.map(percent).join(' … ')}`,
    );
  }
}

/** @param {import('./lfwProtocol.mjs').Pair[]} pairs */
function assertNamesTellPeopleApart(pairs) {
  const bad = pairs.find(({ a, b, same }) => same !== (identityOf(a) === identityOf(b)));
  if (!bad) return;
  throw new Error(
    `People cannot be told apart by file name: --pairs says that ${bad.a} and ${bad.b} are ${bad.same ? 'one person' : 'two people'}.`,
  );
}

/** @param {any} r */
function print(r) {
  console.log(`
${r.model} ${r.modelVersion} on ${r.backend} (${r.build}): ${r.pairs} pairs of ${r.pictures} pictures
  accuracy              ${percent(r.accuracy)} ± ${percent(r.std)} over ${r.perFold.length} folds
  distance threshold    ${r.threshold.toFixed(4)} (mean of the folds')
  equal error rate      ${percent(r.equalErrorRate.rate)} at ${r.equalErrorRate.threshold.toFixed(4)}
  TAR at FAR 1e-2       ${percent(r.tar[0].tar)} at ${r.tar[0].threshold.toFixed(4)}
  TAR at FAR 1e-3       ${percent(r.tar[1].tar)} at ${r.tar[1].threshold.toFixed(4)}
  without a face        ${r.picturesWithoutFace.length} (their pairs count as refused)
  quality gate          would refuse ${r.refusedByQualityGate} ${JSON.stringify(r.qualityReasons)}
  speed                 ${r.picturesPerSecond.toFixed(1)} pictures/s`);
}

/** @param {number} total @returns {(done: number) => void} */
function progressBar(total) {
  const began = Date.now();
  let spoken = 0;
  return (done) => {
    const share = done / total;
    const left = Math.round(((Date.now() - began) / 1000) * (1 / share - 1));
    const line = `${'█'.repeat(Math.round(share * 30)).padEnd(30, '░')} ${done}/${total}, ${left} s left`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}   ${done === total ? '\n' : ''}`);
    else if (done === total || share - spoken >= 0.1) (console.log(line), (spoken = share));
  };
}

/** @param {string[]} words @returns {Record<string, number>} */
function count(words) {
  /** @type {Record<string, number>} */
  const out = {};
  for (const word of words) out[word] = (out[word] ?? 0) + 1;
  return out;
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
