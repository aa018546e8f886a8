// npm run footprint [-- MODEL]: what a verdict takes of an embedder's and the two other networks' making: multiply-adds, bytes moved, and
// WebAssembly memory, in each arithmetic. Counted from the plans that the engine runs, not measured; prints Markdown.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSource } from '../loadSource.mjs';
import { markdownTable } from '../operations/markdownTable.mjs';
import { measurePlan } from './measurePlan.mjs';

const MODELS = join(import.meta.dirname, '../../public/models');
const { DETECTOR_OUTPUTS, EMBEDDER_OUTPUTS, MESH_OUTPUTS } = /** @type {typeof import('./footprintModules.js')} */ (
  await loadSource('tools/footprint/footprintModules.ts')
);
/** @type {readonly import('../../src/shared/Arithmetic.js').Arithmetic[]} */
const ARITHMETICS = ['float32', 'int16', 'int8'];

/** @param {string} id @param {readonly string[]} outputs @param {typeof ARITHMETICS[number]} arithmetic */
async function measure(id, outputs, arithmetic) {
  const read = (/** @type {string} */ name) => readFile(join(MODELS, id, name));
  const { input } = JSON.parse(String(await read('manifest.json')));
  const files = { modelJson: String(await read('model.json')), weights: await read('weights.bin') };
  return measurePlan(files, { size: input.size, outputs, arithmetic });
}

/** @typedef {import('./measurePlan.mjs').Footprint} Footprint */
/** @param {string} name @param {readonly Footprint[]} networks that run one after another */
function row(name, networks) {
  const sum = (/** @type {(network: Footprint) => number} */ of) => networks.reduce((all, network) => all + of(network), 0);
  const most = (/** @type {(network: Footprint) => number} */ of) => Math.max(...networks.map(of));
  const millions = (/** @type {number} */ count) => (count / 1e6).toFixed(2);
  const products = sum(({ products }) => products);
  return [
    name,
    (products / 1e6).toFixed(1),
    `${((100 * sum(({ narrowed }) => narrowed)) / products).toFixed(0)} %`,
    millions(sum(({ weightBytes }) => weightBytes)),
    millions(sum(({ valueBytes }) => valueBytes)),
    millions(sum(({ weightBytes, valueBytes }) => weightBytes + valueBytes)),
    millions(sum(({ weightMemory }) => weightMemory)),
    millions(most(({ valueMemory }) => valueMemory)),
    millions(most(({ scratch }) => scratch)),
  ];
}

try {
  const model = process.argv[2] ?? 'mobilenet-160';
  const detector = await measure('blazeface-256', DETECTOR_OUTPUTS, 'float32');
  const rows = [row('detector, float32', [detector])];
  for (const arithmetic of ARITHMETICS) {
    // No arithmetic of 8 bits is meant for the mesh.
    const mesh = await measure('facemesh-192', MESH_OUTPUTS, arithmetic === 'float32' ? 'float32' : 'int16');
    const embedder = await measure(model, EMBEDDER_OUTPUTS, arithmetic);
    rows.push(row(`mesh, ${arithmetic === 'int8' ? 'int16' : arithmetic}`, [mesh]), row(`embedder, ${arithmetic}`, [embedder]));
    rows.push(row(`**a verdict, face followed, ${arithmetic}**`, [mesh, embedder]));
    rows.push(row(`**a verdict, face searched for, ${arithmetic}**`, [detector, mesh, embedder]));
  }
  const moved = ['million multiply-adds', 'in integers', 'MB of weights read', 'MB of values read and written', 'MB moved'];
  const kept = ['MB of memory: weights', 'values', 'scratch, a thread'];
  console.log(
    markdownTable([[model, ...moved, ...kept], ...rows.filter(([name], i) => rows.findIndex((other) => other[0] === name) === i)]),
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
