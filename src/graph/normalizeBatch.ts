import { attributesOf } from './attributesOf.js';
import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';

/** TensorFlow's, where a node says none. */
const EPSILON = 1e-4;

/**
 * A batch norm as inference computes it: (x − mean) ÷ √(variance + epsilon) · gamma + beta, channel by channel.
 * @param inputs x, gamma, beta, mean, variance
 */
export function normalizeBatch(node: GraphNode, inputs: readonly Tensor[]): Tensor {
  const [x, ...parameters] = inputs;
  const { factor, addend } = scaleOfBatchNorm(node, parameters);
  if (!x || x.shape.at(-1) !== factor.length) {
    throw corrupt(`${node.op} "${node.name}" has ${factor.length} channels, and is fed the shape [${x?.shape.join() ?? ''}]`);
  }
  const channels = factor.length;
  const values = new Float32Array(x.values.length);
  for (let i = 0; i < values.length; i++) values[i] = x.values[i]! * factor[i % channels]! + addend[i % channels]!;
  return { shape: x.shape, values };
}

/** A batch norm as x · factor + addend. @param parameters gamma, beta, mean, variance */
export function scaleOfBatchNorm(node: GraphNode, parameters: readonly Tensor[]): { factor: Float64Array; addend: Float64Array } {
  const [gamma, beta, mean, variance] = parameters.map(({ values }) => values);
  const { float, flag, text } = attributesOf(node);
  const fault = (what: string) => corrupt(`${node.op} "${node.name}" ${what}`);
  if (!gamma || !beta || !mean || !variance) throw fault(`has only ${parameters.length} parameters`);
  if ([beta, mean, variance].some(({ length }) => length !== gamma.length)) throw fault('has parameters of different lengths');
  if (flag('is_training') === true) throw fault('learns: its mean and variance are those of its input');
  if ((text('data_format') ?? 'NHWC') !== 'NHWC') throw fault('has its channels before the picture');
  const epsilon = float('epsilon') ?? EPSILON;
  const factor = Float64Array.from(gamma, (g, c) => g / Math.sqrt(variance[c]! + epsilon));
  return { factor, addend: Float64Array.from(beta, (b, c) => b - mean[c]! * factor[c]!) };
}
