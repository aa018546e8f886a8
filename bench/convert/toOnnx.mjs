import { bytes, varint } from './protobuf.mjs';
import { transpose } from './transpose.mjs';

// Field numbers of onnx.proto3.
const MODEL = { irVersion: 1, graph: 7, opsetImport: 8 };
const OPSET = { version: 2 };
const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 };
const NODE = { input: 1, output: 2, name: 3, opType: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, int: 3, string: 4, ints: 8, type: 20 };
const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9 };
const VALUE = { name: 1, type: 2 };
const FLOAT = 1;

/**
 * The network as an ONNX model. ONNX wants channels first: the picture is transposed once, as ONNX exporters do, and stays that way.
 * @param {import('./readNetwork.mjs').Network} network
 * @returns {Buffer}
 */
export function toOnnx({ input, inputShape, output, layers }) {
  const initializers = [tensor('relu6/min', [], Float32Array.of(0)), tensor('relu6/max', [], Float32Array.of(6))];
  const nodes = [node('Transpose', [input], 'channels_first', [ints('perm', [0, 3, 1, 2])])];
  let from = 'channels_first';
  /** @param {string} name @param {number[]} shape @param {Float32Array} values */
  const constant = (name, shape, values) => {
    initializers.push(tensor(name, shape, values));
    return name;
  };
  layers.forEach((layer, index) => {
    const name = index === layers.length - 1 ? output : layer.name;
    if (layer.kind === 'mean') {
      nodes.push(node('GlobalAveragePool', [from], `${name}/map`, []), node('Flatten', [`${name}/map`], name, []));
    } else if (layer.kind === 'dense') {
      const weights = constant(`${name}/weights`, layer.size, layer.weights);
      nodes.push(node('Gemm', [from, weights, constant(`${name}/bias`, [layer.bias.length], layer.bias)], name, []));
    } else {
      // [height, width, inputs, outputs] to [outputs, inputs of a group, height, width]
      const order = layer.kind === 'conv' ? [3, 2, 0, 1] : [2, 3, 0, 1];
      const weights = constant(
        `${name}/weights`,
        order.map((axis) => layer.size[axis]),
        transpose(layer.weights, layer.size, order),
      );
      const bias = constant(`${name}/bias`, [layer.bias.length], layer.bias);
      const convolved = layer.relu6 ? `${name}/linear` : name;
      nodes.push(
        node('Conv', [from, weights, bias], convolved, [
          text('auto_pad', layer.padding === 'SAME' ? 'SAME_UPPER' : 'VALID'),
          ints('strides', layer.strides),
          ints('kernel_shape', layer.size.slice(0, 2)),
          int('group', layer.kind === 'conv' ? 1 : layer.size[2]),
        ]),
      );
      if (layer.relu6) nodes.push(node('Clip', [convolved, 'relu6/min', 'relu6/max'], name, []));
    }
    from = name;
  });
  return Buffer.concat([
    varint(MODEL.irVersion, 8),
    bytes(MODEL.opsetImport, [varint(OPSET.version, 13)]),
    bytes(MODEL.graph, [
      bytes(GRAPH.name, 'visavis'),
      ...nodes.map((each) => bytes(GRAPH.node, each)),
      ...initializers.map((each) => bytes(GRAPH.initializer, each)),
      bytes(GRAPH.input, valueInfo(input, inputShape)),
      bytes(GRAPH.output, valueInfo(output, layers[layers.length - 1].shape)),
    ]),
  ]);
}

/** @param {string} opType @param {string[]} inputs @param {string} output @param {Buffer[]} attributes */
function node(opType, inputs, output, attributes) {
  return Buffer.concat([
    ...inputs.map((name) => bytes(NODE.input, name)),
    bytes(NODE.output, output),
    bytes(NODE.name, `${output}/${opType}`),
    bytes(NODE.opType, opType),
    ...attributes.map((attribute) => bytes(NODE.attribute, attribute)),
  ]);
}

/** @param {string} name @param {string} value */
function text(name, value) {
  return Buffer.concat([bytes(ATTRIBUTE.name, name), bytes(ATTRIBUTE.string, value), varint(ATTRIBUTE.type, 3)]);
}

/** @param {string} name @param {number} value */
function int(name, value) {
  return Buffer.concat([bytes(ATTRIBUTE.name, name), varint(ATTRIBUTE.int, value), varint(ATTRIBUTE.type, 2)]);
}

/** @param {string} name @param {number[]} values */
function ints(name, values) {
  return Buffer.concat([bytes(ATTRIBUTE.name, name), ...values.map((value) => varint(ATTRIBUTE.ints, value)), varint(ATTRIBUTE.type, 7)]);
}

/** @param {string} name @param {number[]} shape @param {Float32Array} values */
function tensor(name, shape, values) {
  return Buffer.concat([
    ...shape.map((size) => varint(TENSOR.dims, size)),
    varint(TENSOR.dataType, FLOAT),
    bytes(TENSOR.name, name),
    bytes(TENSOR.rawData, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
}

/** @param {string} name @param {number[]} shape */
function valueInfo(name, shape) {
  const dimensions = shape.map((size) => bytes(1, [varint(1, size)]));
  const type = bytes(1, [varint(1, FLOAT), bytes(2, dimensions)]);
  return Buffer.concat([bytes(VALUE.name, name), bytes(VALUE.type, type)]);
}
