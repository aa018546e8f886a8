import { importFailed } from '../importFailed.js';
import { MAX_INPUT_SIZE, MAX_MODEL_VALUES, MAX_WORK } from '../limits.js';
import { OPERATIONS } from '../../graph/operations.js';
import { checkWeights } from './checkWeights.js';
import { dropFinalNormalization } from './dropFinalNormalization.js';
import { dropIdle } from './dropIdle.js';
import { foldConstants } from './foldConstants.js';
import { foldForward } from './foldForward.js';
import { foldScales } from './foldScales.js';
import { fuse } from './fuse.js';
import { inferShapes } from '../../graph/inferShapes.js';
import { joinPrelu } from './joinPrelu.js';
import { lowerScales } from './lowerScales.js';
import type { Network } from './Network.js';
import { reserving } from '../reserving.js';
import { sizeOfShape } from '../sizeOfShape.js';
import { spreadFilters } from './spreadFilters.js';
import { splitMultipliers } from './splitMultipliers.js';
import { swapChannels, takeInputScale, type ScaledInput } from './takeInput.js';
import { workOf } from './workOf.js';

/** Everything that is done to an imported network before its ends are named. */
const PASSES = [
  dropIdle,
  spreadFilters,
  splitMultipliers,
  dropFinalNormalization,
  lowerScales,
  joinPrelu,
  foldScales,
  foldForward,
  foldScales,
];

export interface Simplified extends ScaledInput {
  /** The network as it was read, of which constants are folded and the rest is as it was: what the simplified one is held against. */
  readonly raw: Network;
}

/**
 * Makes of a network as a file holds it one that the engine runs fast.
 * @param options `swap`: whether the network reads BGR, and will be fed RGB; `scalable`: whether what is done to the whole picture first may
 *   become part of the normalization
 * @throws VisavisError `import-failed`, and what `graph/` throws, naming the node
 */
export function simplify(network: Network, options: { readonly swap: boolean; readonly scalable: boolean }): Simplified {
  const reserve = reserving();
  const raw = checkWeights(foldConstants(network, reserve));
  checkShapes(raw);
  checkWork(raw);
  const simple = PASSES.reduce((each, pass) => pass(each, reserve), raw);
  const taken = takeInputScale(simple, options.scalable);
  const ordered = options.swap ? swapChannels(taken.network) : taken.network;
  const fused = fuse(ordered);
  checkOperations(fused);
  checkWork(fused);
  return { raw, ...taken, network: checkWeights(fused) };
}

/** That of the input, and those of what will be computed to check the layers: a file of a kilobyte may ask for more than any memory has. */
function checkShapes({ graph, input, output }: Network): void {
  const shapes = inferShapes(graph, [input, output]);
  const shape = shapes.get(input) ?? [];
  const [batch, height, width, channels] = shape;
  const taken = shape.length === 4 && batch === 1 && height === width && channels === 3 && height! > 0 && height! <= MAX_INPUT_SIZE;
  if (!taken) {
    throw importFailed(
      `The input ${input} has the shape [${shape.join(', ')}]: a square picture of three channels, up to ${MAX_INPUT_SIZE} pixels wide, is expected.`,
    );
  }
  if (graph.nodes.get(output)?.op === 'Placeholder') throw importFailed(`The network computes nothing: its output is its input, ${input}.`);
  let values = 0;
  for (const [name, each] of shapes) if (!graph.weights.has(name)) values += sizeOfShape(name, each);
  if (values > MAX_MODEL_VALUES)
    throw importFailed(
      `The network makes ${values} values of one picture, which no face recognizer does. The file is damaged or made to harm.`,
    );
}

/** What computing it takes, which is done several times over: a file of a kilobyte may ask for days. */
function checkWork({ graph, input, output }: Network): void {
  const shapes = inferShapes(graph, [input, output]);
  const work = [...graph.nodes.values()].reduce((sum, node) => sum + workOf(node, shapes), 0);
  if (!(work <= MAX_WORK))
    throw importFailed(
      `The network takes ${work.toExponential(1)} multiply-adds for one picture, which no face recognizer does. The file is damaged or made to harm.`,
    );
}

function checkOperations({ graph }: Network): void {
  for (const { op, name, inputs } of graph.nodes.values()) {
    if (/Conv2[dD]/.test(op) && !graph.weights.has(inputs[1] ?? ''))
      throw importFailed(`The filter of ${name} (${op}) is computed by the network, and has to be a constant.`);
    if (op === 'L2Normalize')
      throw importFailed(`${name} scales values to unit length in the middle of the network, which is not supported.`);
    if (op !== 'Placeholder' && op !== 'Const' && !Object.hasOwn(OPERATIONS, op))
      throw importFailed(`The operation ${op} (${name}) is not supported.`);
  }
}
