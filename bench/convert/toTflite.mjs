import { blob, byte, flatbuffer, int32, table, text, vector } from './flatbuffer.mjs';
import { ACTIVATIONS, PIXELS, quantizeLayer } from './quantizeLayer.mjs';
import { transpose } from './transpose.mjs';

// Numbers from LiteRT's schema.fbs (version 3 of the file format).
const SCHEMA_VERSION = 3;
const FLOAT32 = 0;
const INT32 = 2;
const INT8 = 9;
const RELU6 = 3;
const PADDING = { SAME: 0, VALID: 1 };
/** The operation and its options, in their enumerations, and its version for floats and for 8-bit integers. */
const OPERATIONS = {
  conv: { code: 3, options: 1, versions: [1, 3] },
  depthwise: { code: 4, options: 2, versions: [1, 3] },
  dense: { code: 9, options: 8, versions: [1, 1] },
  mean: { code: 40, options: 27, versions: [1, 2] },
  quantize: { code: 114, options: 91, versions: [1, 1] },
  dequantize: { code: 6, options: 46, versions: [2, 2] },
};
const KINDS = /** @type {(keyof typeof OPERATIONS)[]} */ (Object.keys(OPERATIONS));

/** @typedef {import('./quantizeLayer.mjs').Scales} Scales */

/**
 * The network as a LiteRT (TensorFlow Lite) model.
 * @param {import('./readNetwork.mjs').Network} network
 * @param {{ int8?: boolean }} [options] `int8`: everything in 8-bit integers but the input, the mean's result and the dense layer
 * @returns {Buffer}
 */
export function toTflite({ input, inputShape, output, layers }, { int8 = false } = {}) {
  // By convention the first buffer is empty; tensors without contents refer to it.
  const buffers = [table({})];
  /** @type {import('./flatbuffer.mjs').Field[]} */
  const tensors = [];
  /**
   * @param {string} name @param {number[]} shape @param {Float32Array | Int32Array | Int8Array} [values] @param {Scales} [scales]
   * @returns {number} its index
   */
  const tensor = (name, shape, values, scales) => {
    if (values) buffers.push(table({ 0: blob(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)) }));
    tensors.push(
      table({
        0: vector(shape.map(int32)),
        1: byte(values instanceof Int32Array ? INT32 : scales ? INT8 : FLOAT32),
        2: int32(values ? buffers.length - 1 : 0),
        3: text(name),
        ...optional(4, scales && quantization(scales)),
      }),
    );
    return tensors.length - 1;
  };

  const first = tensor(input, inputShape);
  let from = first;
  /** @type {import('./flatbuffer.mjs').Field[]} */
  const operators = [];
  /** @param {keyof typeof OPERATIONS} kind @param {number[]} inputs @param {number} to @param {Record<number, import('./flatbuffer.mjs').Field>} options */
  const apply = (kind, inputs, to, options = {}) => {
    operators.push(
      table({
        0: int32(KINDS.indexOf(kind)),
        1: vector([from, ...inputs].map(int32)),
        2: vector([int32(to)]),
        3: byte(OPERATIONS[kind].options),
        4: table(options),
      }),
    );
    from = to;
  };
  /** What the last tensor's integers stand for; undefined for floats. @type {Scales | undefined} */
  let scales;
  if (int8) apply('quantize', [], tensor(`${input}/int8`, inputShape, undefined, (scales = PIXELS)));
  for (const [index, layer] of layers.entries()) {
    if (scales && layer.kind === 'dense') {
      apply('dequantize', [], tensor(`${layer.name}/floats`, layers[index - 1].shape));
      scales = undefined;
    }
    const constants = scales ? quantizeLayer(constantsOf(layer), scales, layer.kind === 'depthwise' ? 3 : 0) : constantsOf(layer);
    const inputs = constants.map(({ name, shape, values, scales }) => tensor(`${layer.name}/${name}`, shape, values, scales));
    if (scales) scales = ACTIVATIONS;
    apply(layer.kind, inputs, tensor(index === layers.length - 1 ? output : layer.name, layer.shape, undefined, scales), optionsOf(layer));
  }

  const codes = KINDS.map((kind) => {
    const { code, versions } = OPERATIONS[kind];
    return table({ 0: byte(code), 2: int32(versions[int8 ? 1 : 0]), 3: int32(code) });
  });
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

/** @param {number} number @param {import('./flatbuffer.mjs').Field} [field] @returns {Record<number, import('./flatbuffer.mjs').Field>} */
function optional(number, field) {
  return field ? { [number]: field } : {};
}

/** @param {Scales} scales */
function quantization({ scale, zeroPoint, axis }) {
  const scales = Float32Array.from(scale);
  const zeros = BigInt64Array.from(scale, () => BigInt(zeroPoint));
  return table({
    2: blob(new Uint8Array(scales.buffer), scales.length),
    3: blob(new Uint8Array(zeros.buffer), zeros.length),
    ...optional(6, axis === undefined ? undefined : int32(axis)),
  });
}

/**
 * @param {import('./readNetwork.mjs').Layer} layer
 * @returns {import('./quantizeLayer.mjs').Constant[]}
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
