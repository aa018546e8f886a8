import { blob, byte, flatbuffer, int32, table, text, vector } from './flatbuffer.mjs';
import { transpose } from './transpose.mjs';

// Numbers from LiteRT's schema.fbs (version 3 of the file format).
const SCHEMA_VERSION = 3;
const FLOAT32 = 0;
const INT32 = 2;
const RELU6 = 3;
const PADDING = { SAME: 0, VALID: 1 };
/** The operation and its options, in their enumerations. */
const OPERATIONS = {
  conv: { code: 3, options: 1 },
  depthwise: { code: 4, options: 2 },
  dense: { code: 9, options: 8 },
  mean: { code: 40, options: 27 },
};
const KINDS = /** @type {(keyof typeof OPERATIONS)[]} */ (Object.keys(OPERATIONS));

/**
 * The network as a LiteRT (TensorFlow Lite) model.
 * @param {import('./readNetwork.mjs').Network} network
 * @returns {Buffer}
 */
export function toTflite({ input, inputShape, output, layers }) {
  // By convention the first buffer is empty; tensors without contents refer to it.
  const buffers = [table({})];
  /** @type {import('./flatbuffer.mjs').Field[]} */
  const tensors = [];
  /** @param {string} name @param {number[]} shape @param {Float32Array | Int32Array} [values] @returns {number} its index */
  const tensor = (name, shape, values) => {
    if (values) buffers.push(table({ 0: blob(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)) }));
    tensors.push(
      table({
        0: vector(shape.map(int32)),
        1: byte(values instanceof Int32Array ? INT32 : FLOAT32),
        2: int32(values ? buffers.length - 1 : 0),
        3: text(name),
      }),
    );
    return tensors.length - 1;
  };

  const first = tensor(input, inputShape);
  let from = first;
  const operators = layers.map((layer, index) => {
    const constants = constantsOf(layer).map(({ name, shape, values }) => tensor(`${layer.name}/${name}`, shape, values));
    const to = tensor(index === layers.length - 1 ? output : layer.name, layer.shape);
    const operator = table({
      0: int32(KINDS.indexOf(layer.kind)),
      1: vector([from, ...constants].map(int32)),
      2: vector([int32(to)]),
      3: byte(OPERATIONS[layer.kind].options),
      4: table(optionsOf(layer)),
    });
    from = to;
    return operator;
  });

  const codes = KINDS.map((kind) => table({ 0: byte(OPERATIONS[kind].code), 2: int32(1), 3: int32(OPERATIONS[kind].code) }));
  const subgraph = table({
    0: vector(tensors),
    1: vector([int32(first)]),
    2: vector([int32(from)]),
    3: vector(operators),
    4: text('main'),
  });
  const model = table({
    0: int32(SCHEMA_VERSION),
    1: vector(codes),
    2: vector([subgraph]),
    3: text('visavis'),
    4: vector(buffers),
  });
  return flatbuffer(model, 'TFL3');
}

/**
 * @param {import('./readNetwork.mjs').Layer} layer
 * @returns {{ name: string, shape: number[], values: Float32Array | Int32Array }[]}
 */
function constantsOf(layer) {
  if (layer.kind === 'mean') return [{ name: 'axes', shape: [2], values: Int32Array.of(1, 2) }];
  const bias = { name: 'bias', shape: [layer.bias.length], values: layer.bias };
  if (layer.kind === 'dense') {
    const [inputs, outputs] = layer.size;
    return [{ name: 'weights', shape: [outputs, inputs], values: transpose(layer.weights, [1, 1, inputs, outputs], [0, 1, 3, 2]) }, bias];
  }
  // [height, width, inputs, outputs] to [outputs, height, width, inputs]; of a depthwise one to [1, height, width, channels]
  const order = [3, 0, 1, 2];
  return [{ name: 'weights', shape: order.map((axis) => layer.size[axis]), values: transpose(layer.weights, layer.size, order) }, bias];
}

/** @param {import('./readNetwork.mjs').Layer} layer @returns {Record<number, import('./flatbuffer.mjs').Field>} */
function optionsOf(layer) {
  if (layer.kind === 'mean' || layer.kind === 'dense') return {};
  const padding = PADDING[/** @type {keyof typeof PADDING} */ (layer.padding)];
  const [strideY, strideX] = layer.strides.map(int32);
  const activation = byte(layer.relu6 ? RELU6 : 0);
  return layer.kind === 'conv'
    ? { 0: byte(padding), 1: strideX, 2: strideY, 3: activation }
    : { 0: byte(padding), 1: strideX, 2: strideY, 3: int32(1), 4: activation };
}
