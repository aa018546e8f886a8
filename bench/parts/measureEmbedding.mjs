import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { convertModel } from '../convert/convertModel.mjs';
import { BENCH, modelFolder } from '../folders.mjs';
import { cosine } from '../statistics/cosine.mjs';
import { takeTurns } from '../statistics/takeTurns.mjs';

/** Below this cosine a runtime does not compute the same graph, and its speed means nothing. */
const MIN_COSINE = 0.9999;
/** The same for integers of 8 bits: ours, and those of models whose every value is rounded to them. */
const MIN_COSINE_INT8 = { ours: 0.999, converted: 0.9 };
/** Pause between two turns, so that threads that spin before they sleep are asleep by then. */
const PAUSE_MS = 100;

/** @typedef {import('../pages/embedding.ts').Contender} Contender */
/** @typedef {import('../pages/embedding.ts').Opened} Opened */
/** @typedef {Omit<Contender, 'id' | 'model' | 'threads'>} Runtime */
/** The runtimes that read `model.json` themselves; the first is what a page gets of a model that ships. @type {Runtime[]} */
const READERS = [
  { name: 'visavis', worker: '/built/visavis.js' },
  { name: 'visavis, 16-bit integers', worker: '/built/visavis.js', arithmetic: 'int16' },
  { name: 'visavis without relaxed SIMD', worker: '/built/visavis.js', relaxed: false },
  { name: 'TensorFlow.js', worker: '/built/tensorflow.js' },
];
/** What our kernels multiply of a model that was imported, which has no golden embedding in 8 bits. */
export const IMPORTED = /** @type {const} */ ('int16');
/** What a page gets of a model that was imported. @type {Runtime[]} */
export const IMPORTERS = [{ ...READERS[0], arithmetic: IMPORTED }, ...READERS.slice(2)];
/** The runtimes that read the graph as converted here, which works only for chains of layers. @type {Runtime[]} */
const CONVERTED = [
  { name: 'LiteRT.js', worker: '/pages/workers/litertStarter.js', classic: true, converted: true },
  { name: 'LiteRT.js, a model in 8-bit integers', worker: '/pages/workers/litertStarter.js', classic: true, converted: true, int8: true },
  { name: 'ONNX Runtime Web', worker: '/built/onnx.js', converted: true },
];

/**
 * The graph of `mobilenet-160` alone, on every runtime.
 * @param {import('../openBench.mjs').Bench} bench
 */
export async function measureEmbedding(bench) {
  await convertModel();
  const runtimes = [...READERS.slice(0, 3), ...CONVERTED, ...READERS.slice(3)];
  return measureGraph(bench, { model: 'mobilenet-160' }, runtimes, await goldenOf('mobilenet-160'));
}

/**
 * The graph of `inception-160`, on our kernels and TensorFlow.js; null if its weights are not in this checkout.
 * @param {import('../openBench.mjs').Bench} bench
 */
export async function measureInception(bench) {
  if (existsSync(modelFolder('inception-160')))
    return measureGraph(bench, { model: 'inception-160' }, READERS, await goldenOf('inception-160'));
  bench.log('  left out: public/models/inception-160 is not in this checkout');
  return null;
}

/** What PyTorch computes. @param {string} model @returns {Promise<number[]>} */
async function goldenOf(model) {
  return JSON.parse(await readFile(join(modelFolder(model), 'manifest.json'), 'utf8')).embedder.golden.embedding;
}

/** @type {Promise<unknown> | undefined} */
let bundled;

/** Bundles what runs in the page, once in a run, and opens it. @param {import('../openBench.mjs').Bench} bench */
export async function openGraphPage({ openPage }) {
  await (bundled ??= build({ configFile: join(BENCH, 'vite.config.ts') }));
  return openPage('/pages/embedding.html');
}

/**
 * One graph on several runtimes, in turns.
 * @param {import('../openBench.mjs').Bench} bench
 * @param {Pick<Contender, 'model' | 'random' | 'size'>} network
 * @param {readonly Runtime[]} runtimes
 * @param {number[]} golden what it has to answer to the golden pattern
 */
export async function measureGraph(bench, network, runtimes, golden) {
  const { settings, log } = bench;
  const page = await openGraphPage(bench);
  /** @type {(Opened & { name: string, id: number, cosine: number })[]} */
  const opened = [];
  for (const contender of [1, 2].flatMap((threads) => runtimes.map((runtime) => ({ ...runtime, ...network, threads })))) {
    const label = `${contender.name}, ${contender.threads} thread(s)`;
    const id = opened.length;
    const { embedding, build, threads } = await page.evaluate(inPage.open, { ...contender, id }).catch((error) => {
      throw new Error(`${label}: could not be opened. ${error.message}`);
    });
    if (threads !== contender.threads) {
      log(`  ${label}: left out, its pool has ${threads} here`);
      continue;
    }
    const toGolden = cosine(embedding, golden);
    const least = contender.int8 ? MIN_COSINE_INT8.converted : build.endsWith('int8') ? MIN_COSINE_INT8.ours : MIN_COSINE;
    if (!(toGolden >= least)) {
      throw new Error(
        `${label}: computes another embedding. Its cosine to the right one is ${toGolden.toFixed(6)}, and ${least} is the least.`,
      );
    }
    log(`  ${label}: ${build}, cosine to the right embedding ${toGolden.toFixed(8)}`);
    opened.push({ name: contender.name, id, build, threads, embedding, cosine: toGolden });
  }
  /** @param {{ id: number }} contender */
  const run = async ({ id }) => {
    await page.waitForTimeout(PAUSE_MS);
    return page.evaluate(inPage.run, { id, runs: settings.runs });
  };
  for (const contender of opened) await run(contender);
  const samples = await takeTurns(opened, settings.rounds, run);
  await page.close();
  return opened.map(({ name, build, threads, cosine: toGolden }, i) => ({ name, build, threads, cosine: toGolden, ...samples[i] }));
}

/** Functions that run in the page. */
const inPage = {
  /** @param {Contender} contender @returns {Promise<Opened>} */
  open: (contender) => /** @type {any} */ (window).bench.open(contender),
  /** @param {{ id: number, runs: number }} turn @returns {Promise<number[]>} */
  run: ({ id, runs }) => /** @type {any} */ (window).bench.run(id, runs),
};
