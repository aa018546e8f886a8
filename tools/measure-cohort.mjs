// node tools/measure-cohort.mjs [ID …]: what normalized distances cost. Bytes of the cohort, milliseconds to read it, to compare two faces, and to
// compare one with a gallery of 10,000, whose embeddings are compared with the cohort once; how long `Gallery.prepare` keeps the page from other work.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { loadSource } from './loadSource.mjs';

const ROOT = join(import.meta.dirname, '..');
const ENTRIES = 10_000;
const ids = process.argv.slice(2);

/** @type {typeof import('../src/matching/readCohort.js')} */
const { readCohort } = await loadSource('src/matching/readCohort.ts');
/** @type {typeof import('../src/matching/Gallery.js')} */
const { Gallery } = await loadSource('src/matching/Gallery.ts');
/** @type {typeof import('../src/matching/identify.js')} */
const { identify } = await loadSource('src/matching/identify.ts');
/** @type {typeof import('../src/matching/distance.js')} */
const { distance } = await loadSource('src/matching/distance.ts');
/** @type {typeof import('../src/matching/normalizedDistance.js')} */
const { normalizedDistance } = await loadSource('src/matching/normalizedDistance.ts');
/** @type {typeof import('../src/matching/fixtures/randomUnits.js')} */
const { randomUnits } = await loadSource('src/matching/fixtures/randomUnits.ts');

for (const id of ids.length > 0 ? ids : ['mobilenet-160', 'inception-160']) {
  const folder = join(ROOT, 'public/models', id);
  /** @type {import('../src/shared/Manifest.js').Manifest} */
  const { files, embedder } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  if (!embedder?.cohort) throw new Error(`${id} has no cohort`);
  const { path, operatingPoints, ...rule } = embedder.cohort;
  const { sha256 } = /** @type {{ sha256: string }} */ (files.find((file) => file.path === path));
  const bytes = new Uint8Array(await readFile(join(folder, path)));
  const file = { bytes, sha256, embeddingSize: embedder.embeddingSize, rule };
  const cohort = readCohort(file);
  const faces = randomUnits(ENTRIES + 2, embedder.embeddingSize, 1);
  const [one, other] = faces;
  const entries = faces.slice(2).map((embedding, i) => ({ id: `p${i}`, embedding }));
  const options = { operatingPoints, cohort };
  const plain = new Gallery(entries);
  const first = time(() => identify(one, plain, options), 1);
  const gallery = new Gallery(entries);
  const { total, longest } = await watch(() => gallery.prepare(cohort));
  console.log(`${id}: ${rule.count} × ${embedder.embeddingSize}, ${bytes.length} bytes, ${brotliCompressSync(bytes).length} under Brotli`);
  print(
    'reading',
    time(() => readCohort(file), 20),
  );
  print(
    'two faces, plain distance',
    time(() => distance(one, other), 2000),
  );
  print(
    'two faces, normalized distance',
    time(() => normalizedDistance(one, other, cohort), 200),
  );
  print(`gallery of ${ENTRIES}, first identify, not prepared`, first);
  print(`gallery of ${ENTRIES}, prepare`, total);
  print('  the longest that nothing else could run', longest);
  print(
    '  identify afterwards, plain',
    time(() => identify(one, gallery, { operatingPoints }), 20),
  );
  print(
    '  identify afterwards, normalized',
    time(() => identify(one, gallery, options), 20),
  );
}

/** @param {() => unknown} work @param {number} times @returns milliseconds of a processor, which other programs do not lengthen */
function time(work, times) {
  const began = process.cpuUsage();
  for (let i = 0; i < times; i++) work();
  return spent(began) / times;
}

/** @param {() => Promise<void>} work @returns milliseconds: of a processor altogether, and the longest between two turns of the event loop */
async function watch(work) {
  let longest = 0;
  let last = performance.now();
  let over = false;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  const began = process.cpuUsage();
  await work();
  over = true;
  return { total: spent(began), longest };
}

/** @param {NodeJS.CpuUsage} began @returns milliseconds since then */
function spent(began) {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** @param {string} what @param {number} ms */
function print(what, ms) {
  console.log(`  ${what.padEnd(48)} ${ms.toFixed(ms < 1 ? 4 : 1)} ms`);
}
