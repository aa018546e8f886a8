// Writes into the manifests of detector and mesh what the reference interpreter computes for the picture that the library draws at its start,
// so that a backend which computes something else is not used. Part of `npm run golden`; run `npm run pin` afterwards.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { loadSource } from './loadSource.mjs';

const MODELS = join(import.meta.dirname, '../public/models');
/** Half floats on a GPU stay well below. */
const MAX_DIFFERENCE = 0.01;

const { DETECTOR_OUTPUTS, MESH_OUTPUTS, goldenDigest, goldenInput, interpret, readGraph } =
  /** @type {typeof import('./goldenModules.js')} */ (await loadSource('tools/goldenModules.ts'));

for (const [id, outputs] of /** @type {const} */ ([
  ['blazeface-256', DETECTOR_OUTPUTS],
  ['facemesh-192', MESH_OUTPUTS],
])) {
  const file = join(MODELS, id, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  const graph = readGraph({
    modelJson: await readFile(join(MODELS, id, 'model.json'), 'utf8'),
    weights: await readFile(join(MODELS, id, 'weights.bin')),
  });
  const placeholder = [...graph.nodes.values()].find(({ op }) => op === 'Placeholder')?.name ?? '';
  const { size } = manifest.input;
  const results = interpret(graph, { [placeholder]: { shape: [1, size, size, 3], values: goldenInput(manifest) } }, outputs);
  const digests = results.map(({ values }) => goldenDigest(Float32Array.from(values)).map((v) => Number(v.toPrecision(7))));
  manifest.golden = {
    pattern: 'ripples-1',
    outputs: Object.fromEntries(outputs.map((name, i) => [name, digests[i]])),
    maxDifference: MAX_DIFFERENCE,
  };
  await writeFile(file, await format(JSON.stringify(manifest, null, 2), { parser: 'json', printWidth: 140 }));
  console.log(`${id}: ${outputs.join(', ')}`);
}
