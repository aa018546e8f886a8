import type { Tensor } from '../../../graph/Graph.js';
import type { Call } from '../Call.js';
import { channelsLast } from '../channelsLast.js';
import type { Constant, Value, Vector } from '../Value.js';

/** The matrix product of a vector with weights, [inputs, outputs]. */
export function matMul(call: Call): Value {
  return product(call, { transposed: false, factor: 1 });
}

/** alpha · x · W + beta · bias. @see https://onnx.ai/onnx/operators/onnx__Gemm.html */
export function gemm(call: Call): Value {
  const { attributes } = call;
  if (attributes.integer('transA')) throw call.refuse('it transposes its input');
  const beta = attributes.number('beta') ?? 1;
  const bias = call.optionalConstant(2, 'bias');
  const transposed = attributes.integer('transB') === 1;
  return product(call, { transposed, factor: attributes.number('alpha') ?? 1, bias: beta === 0 ? undefined : bias, beta });
}

interface Product {
  /** Whether the weights are [outputs, inputs]. */
  readonly transposed: boolean;
  readonly factor: number;
  readonly bias?: Constant;
  readonly beta?: number;
}

function product(call: Call, { transposed, factor, bias, beta = 1 }: Product): Value {
  const vector = call.vector(0);
  const weights = call.constant(1, 'weights');
  const [a = 0, b = 0, ...more] = weights.shape;
  const [inputs, outputs] = transposed ? [b, a] : [a, b];
  const { shape } = vector;
  if (weights.shape.length !== 2 || more.length > 0 || inputs !== vector.size || shape.at(-1) !== vector.size || outputs < 1)
    throw call.refuse(`its weights ${weights.name} have the shape [${weights.shape.join(', ')}], and its input is [${shape.join(', ')}]`);
  const matrix = matrixOf(call, vector, weights, { transposed, factor, outputs });
  const node = call.builder.dense(call.name, vector.node, matrix, bias && biasOf(call, bias, outputs, beta));
  return { kind: 'vector', node, size: outputs, shape: [...shape.slice(0, -1), outputs] };
}

/** [inputs, outputs], the rows in the order in which the values lie. */
function matrixOf(
  call: Call,
  { size, flattened }: Vector,
  weights: Constant,
  { transposed, factor, outputs }: Pick<Product, 'transposed' | 'factor'> & { outputs: number },
): Tensor {
  let values = new Float32Array(size * outputs);
  for (let i = 0; i < size; i++) {
    for (let o = 0; o < outputs; o++) values[i * outputs + o] = weights.values[transposed ? o * size + i : i * outputs + o]! * factor;
  }
  if (flattened) values = channelsLast(values, flattened, outputs);
  return call.weight(weights, values, [size, outputs]);
}

function biasOf(call: Call, bias: Constant, outputs: number, beta: number): Tensor {
  const { length } = bias.values;
  if (length !== 1 && (length !== outputs || bias.shape.at(-1) !== outputs))
    throw call.refuse(`its bias ${bias.name} has the shape [${bias.shape.join(', ')}] for ${outputs} values`);
  const values = Float32Array.from({ length: outputs }, (_, o) => bias.values[length === 1 ? 0 : o]! * beta);
  return call.weight(bias, values, [outputs]);
}
