import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeWeight } from './encodeWeight.js';
import type { Attribute, Graph, GraphNode, Tensor } from './Graph.js';
import { readGraph } from './readGraph.js';
import { sizeOf } from './sizeOf.js';
import { writeGraph } from './writeGraph.js';

const text = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)), maxLength: 6 });
const integer = fc.maxSafeInteger();
const attribute: fc.Arbitrary<Attribute> = fc.oneof(
  text,
  integer,
  fc.boolean(),
  fc.array(text, { maxLength: 3 }),
  fc.array(integer, { maxLength: 4 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((float) => ({ float: float + 0 })),
  fc.constantFrom('DT_FLOAT', 'DT_INT32').map((type) => ({ type })),
  fc.array(fc.integer({ min: -1, max: 300 }), { maxLength: 4 }).map((shape) => ({ shape })),
  fc.constant({ raw: { tensor: { dtype: 'DT_FLOAT' } } }),
);
const attributes = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), attribute, { maxKeys: 4 });
const values = (shape: number[]): fc.Arbitrary<Tensor['values']> => {
  const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: sizeOf(shape), maxLength: sizeOf(shape) });
  return fc.oneof(
    list(fc.float()).map((v) => Float32Array.from(v)),
    list(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })).map((v) => Int32Array.from(v)),
    list(fc.constantFrom(0, 1)).map((v) => Uint8Array.from(v)),
  );
};
const tensor = fc
  .array(fc.nat(3), { maxLength: 3 })
  .chain((shape): fc.Arbitrary<Tensor> => values(shape).map((v) => ({ shape, values: v })));

/** Weights, and nodes that are fed by some of what comes before them. */
const graph = fc
  .tuple(fc.array(tensor, { maxLength: 4 }), fc.array(fc.tuple(attributes, fc.array(fc.nat(), { maxLength: 3 })), { maxLength: 5 }))
  .map(([tensors, others]): Graph => {
    const nodes: GraphNode[] = tensors.map((_, i) => ({ name: `w${i}`, op: 'Const', inputs: [], attributes: {} }));
    for (const [taken, from] of others) {
      const inputs = nodes.length > 0 ? from.map((n) => nodes[n % nodes.length].name) : [];
      nodes.push({ name: `n${nodes.length}`, op: 'Op', inputs, attributes: taken });
    }
    return {
      nodes: new Map(nodes.map((node) => [node.name, node])),
      weights: new Map(tensors.map((each, i) => [`w${i}`, each])),
      library: {},
      versions: { producer: 3 },
    };
  });

describe('writeGraph', () => {
  it('writes what is read as the same graph', () => {
    fc.assert(
      fc.property(graph, (given) => {
        const { modelJson, weights } = writeGraph(given);
        expect(readGraph({ modelJson: JSON.stringify(modelJson), weights })).toEqual(given);
      }),
    );
  });

  it('writes what was written, and read, as the same bytes', () => {
    fc.assert(
      fc.property(graph, fc.constantFrom('float32', 'float16'), (given, form) => {
        const write = (each: Graph) => {
          const { modelJson, weights } = writeGraph(each, (name, weight) => encodeWeight(name, weight, form));
          return { modelJson: JSON.stringify(modelJson), weights };
        };
        const once = write(given);
        expect(write(readGraph(once))).toEqual(once);
      }),
    );
  });

  it('writes attributes and weights as TensorFlow.js expects them', () => {
    const nodes: GraphNode[] = [
      { name: 'x', op: 'Placeholder', inputs: [], attributes: { dtype: { type: 'DT_FLOAT' }, shape: { shape: [-1, 2] } } },
      { name: 'w', op: 'Const', inputs: [], attributes: {} },
      { name: 'c', op: 'Conv2D', inputs: ['x', 'w'], attributes: { strides: [1, 2, 2, 1], padding: 'SAME', paddings: [], N: 2, on: true } },
    ];
    const weight = { shape: [2], values: Float32Array.of(0, 51) };
    const given = { nodes: new Map(nodes.map((node) => [node.name, node])), weights: new Map([['w', weight]]) };
    const { modelJson, weights } = writeGraph(given, (name, each) => encodeWeight(name, each, 'uint8'));
    expect(JSON.parse(JSON.stringify(modelJson))).toEqual({
      format: 'graph-model',
      modelTopology: {
        node: [
          {
            name: 'x',
            op: 'Placeholder',
            attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim: [{ size: '-1' }, { size: '2' }] } } },
          },
          { name: 'w', op: 'Const', attr: {} },
          {
            name: 'c',
            op: 'Conv2D',
            input: ['x', 'w'],
            attr: {
              strides: { list: { i: ['1', '2', '2', '1'] } },
              padding: { s: 'U0FNRQ==' },
              paddings: { list: {} },
              N: { i: '2' },
              on: { b: true },
            },
          },
        ],
        // TensorFlow.js asks for both.
        library: {},
        versions: {},
      },
      weightsManifest: [
        {
          paths: ['weights.bin'],
          weights: [
            { name: 'w', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', min: 0, scale: 0.2, original_dtype: 'float32' } },
          ],
        },
      ],
    });
    expect(weights).toEqual(Uint8Array.of(0, 255));
  });

  it('refuses weights that no node stands for: TensorFlow.js would not find them', () => {
    const weights = new Map([['w', { shape: [], values: Float32Array.of(1) }]]);
    expect(() => writeGraph({ nodes: new Map(), weights })).toThrow('expected a node for the weight "w"');
  });
});
