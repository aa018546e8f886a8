// Writes into the manifests of detector and mesh what the reference interpreter computes for the picture that the library draws at its start,
// so that a backend which computes something else is not used; and into those of the embedders what comes out in 8-bit integers, which the
// plain reference of the kernels' integers repeats to the last bit. Part of `npm run golden`; run `npm run pin` afterwards.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { loadSource } from './loadSource.mjs';

const MODELS = join(import.meta.dirname, '../public/models');
/** Half floats on a GPU stay well below. */
const MAX_DIFFERENCE = 0.01;

/**
 * Embedders that were measured in 8-bit integers: docs/performance.md. Rounding a float otherwise, as processors without fused multiply-add do,
 * may take a number to the next level; what that does stays well below.
 */
const EMBEDDERS = ['mobilenet-160', 'inception-160'];
const MIN_COSINE_INT8 = 0.999;

const {
  DETECTOR_OUTPUTS,
  MESH_OUTPUTS,
  computePlan,
  goldenDigest,
  goldenInput,
  goldenPattern,
  interpret,
  normalizeL2,
  planGraph,
  readGraph,
} = /** @type {typeof import('./goldenModules.js')} */ (await loadSource('tools/goldenModules.ts'));

for (const [id, outputs] of /** @type {const} */ ([
  ['blazeface-256', DETECTOR_OUTPUTS],
  ['facemesh-192', MESH_OUTPUTS],
])) {
  const { manifest, graph } = await read(id);
  const placeholder = [...graph.nodes.values()].find(({ op }) => op === 'Placeholder')?.name ?? '';
  const { size } = manifest.input;
  const results = interpret(graph, { [placeholder]: { shape: [1, size, size, 3], values: goldenInput(manifest) } }, outputs);
  const digests = results.map(({ values }) => goldenDigest(Float32Array.from(values)).map((v) => Number(v.toPrecision(7))));
  manifest.golden = {
    pattern: 'ripples-1',
    outputs: Object.fromEntries(outputs.map((name, i) => [name, digests[i]])),
    maxDifference: MAX_DIFFERENCE,
  };
  await write(id, manifest);
  console.log(`${id}: ${outputs.join(', ')}`);
}

for (const id of EMBEDDERS) {
  const { manifest, graph } = await read(id);
  const { size } = manifest.input;
  const plan = planGraph(graph, size, ['embedding'], 'int8');
  const [fused, apart] = /** @type {const} */ (['fused', 'apart']).map((rounding) =>
    normalizeL2(computePlan(plan, goldenPattern(size), rounding)[0]),
  );
  const { golden } = manifest.embedder;
  golden.int8 = { minCosine: MIN_COSINE_INT8, embedding: Array.from(fused, (v) => Number(v.toPrecision(7))) };
  await write(id, manifest);
  const toFloats = cosine(fused, normalizeL2(golden.embedding));
  console.log(
    `${id}: in 8-bit integers 1 − cosine is ${(1 - toFloats).toExponential(1)} to floats, ${(1 - cosine(fused, apart)).toExponential(1)} where processors round twice`,
  );
}

/** @param {string} id */
async function read(id) {
  const folder = join(MODELS, id);
  return {
    manifest: JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')),
    graph: readGraph({
      modelJson: await readFile(join(folder, 'model.json'), 'utf8'),
      weights: await readFile(join(folder, 'weights.bin')),
    }),
  };
}

/** @param {string} id @param {{ embedder?: unknown }} manifest */
async function write(id, manifest) {
  const text = JSON.stringify(manifest, null, 2);
  await writeFile(
    join(MODELS, id, 'manifest.json'),
    // Those of embedders have an operating point a line, as tools/evaluate writes them.
    manifest.embedder
      ? `${text.replace(/\{\s+"fmr"[^{}]*\}/g, (point) => point.replace(/\s+/g, ' '))}\n`
      : await format(text, { parser: 'json', printWidth: 140 }),
  );
}

/** @param {Float32Array} a @param {Float32Array} b */
function cosine(a, b) {
  return a.reduce((sum, v, i) => sum + v * b[i], 0);
}
