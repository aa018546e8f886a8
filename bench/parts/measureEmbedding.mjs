import { join } from 'node:path';
import { build } from 'vite';
import { convertModel } from '../convert/convertModel.mjs';
import { BENCH } from '../folders.mjs';
import { cosine } from '../statistics/cosine.mjs';
import { takeTurns } from '../statistics/takeTurns.mjs';

/** Below this a runtime does not compute the same graph, and its speed means nothing. */
const MIN_COSINE = 0.9999;
/** Between two turns: threads that spin before they sleep are asleep then. */
const PAUSE_MS = 100;

/** @typedef {import('../pages/embedding.ts').Contender} Contender */
/** @typedef {import('../pages/embedding.ts').Opened} Opened */
/** @type {Omit<Contender, 'id'>[]} */
const CONTENDERS = [1, 2].flatMap((threads) => [
  { name: 'visavis', worker: '/built/visavis.js', threads },
  { name: 'visavis without relaxed SIMD', worker: '/built/visavis.js', threads, relaxed: false },
  { name: 'LiteRT.js', worker: '/pages/workers/litertStarter.js', classic: true, threads },
  { name: 'ONNX Runtime Web', worker: '/built/onnx.js', threads },
  { name: 'TensorFlow.js', worker: '/built/tensorflow.js', threads },
]);

/**
 * The embedder's graph alone, on every runtime.
 * @param {import('../openBench.mjs').Bench} bench
 */
export async function measureEmbedding({ openPage, settings, log }) {
  const golden = await convertModel();
  await build({ configFile: join(BENCH, 'vite.config.ts') });
  const page = await openPage('/pages/embedding.html');
  /** @type {(Opened & { name: string, id: number, cosine: number })[]} */
  const opened = [];
  for (const contender of CONTENDERS) {
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
    if (!(toGolden >= MIN_COSINE)) {
      throw new Error(
        `${label}: computes another embedding. Its cosine to PyTorch's is ${toGolden.toFixed(6)}, and ${MIN_COSINE} is the least.`,
      );
    }
    log(`  ${label}: ${build}, cosine to PyTorch's embedding ${toGolden.toFixed(8)}`);
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

/** These run in the page. */
const inPage = {
  /** @param {Contender} contender @returns {Promise<Opened>} */
  open: (contender) => /** @type {any} */ (window).bench.open(contender),
  /** @param {{ id: number, runs: number }} turn @returns {Promise<number[]>} */
  run: ({ id, runs }) => /** @type {any} */ (window).bench.run(id, runs),
};
