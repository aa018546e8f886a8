import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelFolder, RECIPES } from '../folders.mjs';
import { IMPORTED, IMPORTERS, measureGraph, openGraphPage } from './measureEmbedding.mjs';

/** @typedef {{ model: string, random?: boolean, size: number }} Network */

/**
 * Networks that are imported, each alone, on our kernels and TensorFlow.js.
 * @param {import('../openBench.mjs').Bench} bench
 * @returns {Promise<import('../Results.d.ts').RecognizerResults>}
 */
export async function measureRecognizers(bench) {
  /** @type {Network[]} */
  const networks = [{ model: 'inception-resnet-v1', random: true, size: 160 }];
  for (const model of RECIPES) {
    const manifest = join(modelFolder(model), 'manifest.json');
    if (existsSync(manifest)) networks.push({ model, size: JSON.parse(await readFile(manifest, 'utf8')).input.size });
    else bench.log(`  left out: ${model} is not installed ("npx visavis models add ${model}")`);
  }
  const peaks = [];
  const results = [];
  for (const network of networks) {
    const page = await openGraphPage(bench);
    peaks.push(await page.evaluate((arithmetic) => /** @type {any} */ (window).bench.peak(arithmetic), IMPORTED));
    /** @type {import('../pages/embedding.ts').Facts} */
    const { embedding, ...facts } = await page.evaluate((asked) => /** @type {any} */ (window).bench.facts(asked), network);
    await page.close();
    bench.log(`  ${network.model}: ${facts.parameters} parameters, ${Math.round(facts.multiplyAdds / 1e6)} million multiply-adds`);
    results.push({ id: network.model, ...facts, runtimes: await measureGraph(bench, network, IMPORTERS, embedding) });
  }
  return { peak: Math.max(...peaks), arithmetic: IMPORTED, networks: results };
}
