import { describe, expect, it } from 'vitest';
import type { Graph, GraphNode, Tensor } from '../../src/graph/Graph.js';
import { sizeOf } from '../../src/graph/sizeOf.js';
import { blob, byte, flatbuffer, int32, table, text, vector } from './flatbuffer.mjs';
import { bytes, varint } from './protobuf.mjs';
import { readNetwork } from './readNetwork.mjs';
import { toOnnx } from './toOnnx.mjs';
import { toTflite } from './toTflite.mjs';
import { transpose } from './transpose.mjs';

/** Follows FlatBuffers the way a reader does: from the root, through each table's field map. */
function reader(file: Buffer) {
  const follow = (at: number) => at + file.readUInt32LE(at);
  const field = (start: number, number: number): number | null => {
    const map = start - file.readInt32LE(start);
    const slot = 4 + 2 * number;
    const offset = slot < file.readUInt16LE(map) ? file.readUInt16LE(map + slot) : 0;
    return offset === 0 ? null : start + offset;
  };
  const need = (start: number, number: number) => {
    const at = field(start, number);
    if (at === null) throw new Error(`no field ${number}`);
    return at;
  };
  const items = (start: number, number: number) => {
    const at = follow(need(start, number));
    return Array.from({ length: file.readUInt32LE(at) }, (_, i) => at + 4 + 4 * i);
  };
  return {
    root: follow(0),
    has: (start: number, number: number) => field(start, number) !== null,
    int: (start: number, number: number) => file.readInt32LE(need(start, number)),
    byte: (start: number, number: number) => file.readUInt8(need(start, number)),
    table: (start: number, number: number) => follow(need(start, number)),
    tables: (start: number, number: number) => items(start, number).map(follow),
    ints: (start: number, number: number) => items(start, number).map((at) => file.readInt32LE(at)),
    bytes: (start: number, number: number) => {
      const at = follow(need(start, number));
      return { at: at + 4, content: file.subarray(at + 4, at + 4 + file.readUInt32LE(at)) };
    },
  };
}

const fused = (...names: string[]) => ({ fused_ops: names });
const strides = [1, 2, 2, 1];

/** A graph of every operation that the converters know, on a picture of 4 × 4 with 3 channels. */
function tinyGraph(pooling = 'Mean'): Graph {
  const constants: [string, number[]][] = [
    ['c/w', [1, 1, 3, 2]],
    ['c/b', [2]],
    ['d/w', [3, 3, 2, 1]],
    ['d/b', [2]],
    ['axes', [2]],
    ['f/w', [2, 5]],
    ['f/b', [5]],
  ];
  const nodes: GraphNode[] = [
    { name: 'x', op: 'Placeholder', inputs: [], attributes: { shape: { shape: [-1, 4, 4, 3] } } },
    ...constants.map(([name]) => ({ name, op: 'Const', inputs: [], attributes: {} })),
    { name: 'c', op: '_FusedConv2D', inputs: ['x', 'c/w', 'c/b'], attributes: { ...fused('BiasAdd', 'Relu6'), strides, padding: 'SAME' } },
    {
      name: 'd',
      op: 'FusedDepthwiseConv2dNative',
      inputs: ['c', 'd/w', 'd/b'],
      attributes: { ...fused('BiasAdd'), strides, padding: 'SAME' },
    },
    { name: 'm', op: pooling, inputs: ['d', 'axes'], attributes: {} },
    { name: 'f', op: '_FusedMatMul', inputs: ['m', 'f/w', 'f/b'], attributes: fused('BiasAdd') },
    { name: 'y', op: 'Identity', inputs: ['f'], attributes: {} },
  ];
  const weights = constants.map(([name, shape]): [string, Tensor] => {
    return [name, { shape, values: Float32Array.from({ length: sizeOf(shape) }, (_, i) => i + 0.5) }];
  });
  return { nodes: new Map(nodes.map((node) => [node.name, node])), weights: new Map(weights) };
}

describe('readNetwork', () => {
  it('gives the chain of operations with the shapes of their outputs', () => {
    const { inputShape, output, layers } = readNetwork(tinyGraph());
    expect(inputShape).toEqual([1, 4, 4, 3]);
    expect(output).toBe('y');
    expect(layers.map(({ kind, shape }) => [kind, shape])).toEqual([
      ['conv', [1, 2, 2, 2]],
      ['depthwise', [1, 1, 1, 2]],
      ['mean', [1, 2]],
      ['dense', [1, 5]],
    ]);
    expect(layers[0]).toMatchObject({ relu6: true, strides: [2, 2], weights: Float32Array.of(0.5, 1.5, 2.5, 3.5, 4.5, 5.5) });
  });

  it('refuses what it does not know', () => {
    expect(() => readNetwork(tinyGraph('MaxPool'))).toThrow('m is MaxPool');
    const { nodes } = tinyGraph();
    expect(() => readNetwork({ nodes, weights: new Map() })).toThrow('the graph has no constant "c/w"');
  });
});

describe('transpose', () => {
  it('moves axes', () => {
    expect([...transpose(Float32Array.of(1, 2, 3, 4, 5, 6), [1, 1, 2, 3], [0, 1, 3, 2])]).toEqual([1, 4, 2, 5, 3, 6]);
  });
});

describe('flatbuffer', () => {
  it('is read back as it was written', () => {
    const file = flatbuffer(
      table({ 0: byte(7), 2: int32(-5), 3: text('name'), 4: vector([1, 2, 3].map(int32)), 6: blob(Buffer.from('weights')) }),
      'TEST',
    );
    const read = reader(file);
    expect(file.toString('latin1', 4, 8)).toBe('TEST');
    expect(read.byte(read.root, 0)).toBe(7);
    expect(read.has(read.root, 1)).toBe(false);
    expect(read.int(read.root, 2)).toBe(-5);
    expect(read.bytes(read.root, 3).content.toString()).toBe('name');
    expect(read.ints(read.root, 4)).toEqual([1, 2, 3]);
    expect(read.bytes(read.root, 6).content.toString()).toBe('weights');
    expect(read.bytes(read.root, 6).at % 16).toBe(0);
  });
});

describe('toTflite', () => {
  it('writes operators, shapes and weights as the schema has them', () => {
    const read = reader(toTflite(readNetwork(tinyGraph())));
    expect(read.int(read.root, 0)).toBe(3);
    const codes = read.tables(read.root, 1).map((code) => read.int(code, 3));
    const [graph] = read.tables(read.root, 2);
    const operators = read.tables(graph, 3);
    expect(operators.map((operator) => codes[read.int(operator, 0)])).toEqual([3, 4, 40, 9]);
    const tensors = read.tables(graph, 0);
    const [, kernel] = read.ints(operators[0], 1);
    expect(read.ints(tensors[kernel], 0)).toEqual([2, 1, 1, 3]);
    const buffer = read.tables(read.root, 4)[read.int(tensors[kernel], 2)];
    const { content } = read.bytes(buffer, 0);
    expect(Array.from({ length: 6 }, (_, i) => content.readFloatLE(4 * i))).toEqual([0.5, 2.5, 4.5, 1.5, 3.5, 5.5]);
    const options = read.table(operators[0], 4);
    expect([read.byte(options, 0), read.int(options, 1), read.int(options, 2), read.byte(options, 3)]).toEqual([0, 2, 2, 3]);
    // Each operator is fed by the one before, and the last one's output is the graph's.
    expect(read.ints(operators[1], 1)[0]).toBe(read.ints(operators[0], 2)[0]);
    expect(read.ints(graph, 2)).toEqual(read.ints(operators[3], 2));
  });

  it('writes convolutions in 8-bit integers, between what turns floats into them and back', () => {
    const read = reader(toTflite(readNetwork(tinyGraph()), { int8: true }));
    const codes = read.tables(read.root, 1).map((code) => read.int(code, 3));
    const [graph] = read.tables(read.root, 2);
    const operators = read.tables(graph, 3);
    expect(operators.map((operator) => codes[read.int(operator, 0)])).toEqual([114, 3, 4, 40, 6, 9]);
    const tensors = read.tables(graph, 0);
    const types = operators.map((operator) => read.byte(tensors[read.ints(operator, 2)[0]], 1));
    expect(types).toEqual([9, 9, 9, 9, 0, 0]);
    const [, kernel, bias] = read.ints(operators[1], 1);
    const buffers = read.tables(read.root, 4);
    const contentOf = (tensor: number) => read.bytes(buffers[read.int(tensors[tensor], 2)], 0).content;
    // Of both outputs the largest weight, 4.5 and 5.5, is 127.
    expect([...contentOf(kernel)]).toEqual([14, 71, 127, 35, 81, 127]);
    const scales = read.bytes(read.table(tensors[kernel], 4), 2);
    expect(scales.at % 16).toBe(0);
    const { content } = { content: contentOf(bias) };
    expect(content.readInt32LE(0)).toBe(Math.round(0.5 / (4.5 / 127 / 127)));
  });
});

describe('protobuf', () => {
  it('encodes as the format asks', () => {
    expect([...varint(1, 300)]).toEqual([0x08, 0xac, 0x02]);
    expect([...bytes(2, 'hi')]).toEqual([0x12, 2, 0x68, 0x69]);
    expect([...bytes(3, [varint(1, 1)])]).toEqual([0x1a, 2, 0x08, 1]);
  });
});

describe('toOnnx', () => {
  it('holds every operation and the weights with channels first', () => {
    const file = toOnnx(readNetwork(tinyGraph()));
    for (const name of ['Transpose', 'Conv', 'Clip', 'GlobalAveragePool', 'Flatten', 'Gemm', 'SAME_UPPER'])
      expect(file.includes(name)).toBe(true);
    expect(file.includes(Buffer.from(Float32Array.of(0.5, 2.5, 4.5, 1.5, 3.5, 5.5).buffer))).toBe(true);
  });
});
