import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cpus, platform } from 'node:os';
import { join } from 'node:path';
import { BENCH, modelFolder, RECIPES, ROOT } from './folders.mjs';
import { openBench } from './openBench.mjs';
import { measureBlocking } from './parts/measureBlocking.mjs';
import { measureColdStart } from './parts/measureColdStart.mjs';
import { measureEmbedding, measureInception } from './parts/measureEmbedding.mjs';
import { measureRecognizers } from './parts/measureRecognizers.mjs';
import { measureFrames } from './parts/measureFrames.mjs';
import { measureMemory } from './parts/measureMemory.mjs';

/** The title of each part, and the function that measures it. */
const TITLES = {
  embedding: 'Embedding alone: one graph, every runtime',
  inception: 'Embedding alone, inception-160',
  recognizers: 'Embedding alone, networks that are imported',
  frames: 'Frame → embedding, 640 × 480',
  blocking: 'Main thread, while loading and with a live camera',
  cold: 'First verdict of a page, and the bytes it takes',
  memory: 'Memory',
};
const MEASURES = {
  embedding: measureEmbedding,
  inception: measureInception,
  recognizers: measureRecognizers,
  frames: measureFrames,
  blocking: measureBlocking,
  cold: measureColdStart,
  memory: measureMemory,
};

/**
 * @param {import('./parseOptions.mjs').Options} options
 * @param {(line: string) => void} log
 * @returns {Promise<{ results: import('./Results.d.ts').Results, failure: unknown }>} `failure`: why a part ended the run, whose earlier parts
 *   `results` has; null if none did
 */
export async function runParts({ only, settings, docs }, log) {
  // They would be left out, and the documentation refused after everything else was measured.
  const missing = docs ? ['inception-160', ...RECIPES].filter((id) => !existsSync(modelFolder(id))) : [];
  if (missing.length > 0) throw new RangeError(`--docs: expected in public/models of this checkout: ${missing.join(', ')}`);
  // Where another version lies on this machine is nobody's business.
  const told = { ...settings, before: undefined };
  const bench = await openBench(settings, log);
  try {
    /** @type {Record<string, unknown>} */
    const found = {};
    const browser = `Chromium ${bench.browser.version()}`;
    let failure = null;
    try {
      for (const part of only) {
        log(TITLES[part]);
        const result = await MEASURES[part](bench);
        if (result) found[part] = result;
      }
    } catch (error) {
      failure = error;
    }
    const results = {
      date: new Date().toISOString(),
      browser,
      machine: { cpu: cpus()[0].model.trim(), cores: cpus().length, platform: platform() },
      versions: await readVersions(),
      settings: told,
      ...found,
    };
    return { results, failure };
  } finally {
    await bench.close();
  }
}

async function readVersions() {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const { dependencies } = JSON.parse(await readFile(join(BENCH, 'package.json'), 'utf8'));
  return { visavis: version, ...dependencies };
}
