import { loadSource } from '../loadSource.mjs';

const { bitsOf, bytesOf, depthOf, encodeSteps, KernelMemory, planGraph, readGraph } =
  /** @type {typeof import('./footprintModules.js')} */ (await loadSource('tools/footprint/footprintModules.ts'));

/** @typedef {import('../../src/engine/kernels/Step.js').Step} Step */
/** @typedef {import('../../src/shared/Arithmetic.js').Arithmetic} Arithmetic */
/**
 * What one run of a network takes.
 * @typedef {object} Footprint
 * @property {number} products multiplications, each followed by an addition, of the convolutions
 * @property {number} narrowed those of them that multiply integers
 * @property {number} weightBytes read: weights, biases and scales, each once
 * @property {number} valueBytes values that steps read and write; not what a step makes and uses up in the nearest cache
 * @property {number} weightMemory bytes that are kept for weights
 * @property {number} valueMemory bytes in which a run's values take turns
 * @property {number} scratch bytes that each thread needs beside
 */

/**
 * Plans a network as the engine does, and counts. Each weight and each value counts once for each step that reads or writes it, as if a
 * cache held all that a step needs: what a processor really moves is more.
 * @param {{ modelJson: unknown, weights: Uint8Array }} files
 * @param {{ size: number, outputs: readonly string[], arithmetic: Arithmetic }} how
 * @returns {Footprint}
 */
export function measurePlan(files, { size, outputs, arithmetic }) {
  const plan = planGraph(readGraph(files), size, outputs, arithmetic);
  const memory = new KernelMemory(false);
  const before = memory.used;
  let valueMemory = 0;
  const { scratch } = encodeSteps(plan, memory, {
    reserve(bytes) {
      valueMemory = bytes;
      return 0;
    },
  });
  const sum = (/** @type {(step: Step) => number} */ count) => plan.steps.reduce((all, step) => all + count(step), 0);
  return {
    products: sum(productsOf),
    narrowed: sum((step) => (bitsOf(step.filter) > 0 ? productOf(step) : 0) + (step.input.most ? frontOf(step) : 0)),
    weightBytes: sum(weightBytesOf),
    valueBytes: sum(valueBytesOf),
    weightMemory: memory.used - before - bytesOf(plan.input),
    valueMemory,
    scratch,
  };
}

/** @param {Step} step */
function productsOf(step) {
  return productOf(step) + frontOf(step);
}

/** Of the depthwise convolution in front. @param {Step} step */
function frontOf({ front, input, output, window }) {
  return front ? output.h * output.w * input.c * window.kh * window.kw : 0;
}

/** Without a convolution in front. @param {Step} step */
function productOf(step) {
  const { kind, output, window } = step;
  const results = output.h * output.w * output.c;
  if (kind === 'convolution') return results * depthOf(step);
  return kind === 'depthwise' ? results * window.kh * window.kw : 0;
}

/** @param {Step} step */
function weightBytesOf({ filter, front, input }) {
  const floats = (/** @type {typeof filter} */ of) => (of ? of.bias.length * 4 + (of.activation.slope?.length ?? 0) * 4 : 0);
  const bits = bitsOf(filter);
  // Of 8 bits: a scale, an offset and a sum for each column.
  const columns = (filter?.scales?.length ?? 0) * (bits === 8 ? 12 : 4);
  // Those for shorts have a bias, a cap and a factor for each channel.
  const fronts =
    front && input.most ? 2 * (front.weights.length + 3 * front.bias.length) : floats(front) + (front?.weights.length ?? 0) * 4;
  return floats(filter) + (filter?.weights.length ?? 0) * ((bits || 32) / 8) + columns + fronts;
}

/** @param {Step} step */
function valueBytesOf({ input, output, residual }) {
  return [input, output, residual].reduce((all, value) => all + (value ? bytesOf(value) - 16 : 0), 0);
}
