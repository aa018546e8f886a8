import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VisavisError } from '../shared/VisavisError.js';
import { readGraph } from './readGraph.js';

/** x → c, whose filter is w, → y. */
function model() {
  return {
    modelTopology: {
      node: [
        { name: 'y', op: 'Identity', input: ['c:0', '^x'] } as Record<string, unknown>,
        { name: 'x', op: 'Placeholder', attr: { shape: { shape: { dim: [{ size: '-1' }, { size: '4' }] } }, dtype: { type: 'DT_FLOAT' } } },
        { name: 'w', op: 'Const', attr: { value: { tensor: { dtype: 'DT_FLOAT' } } } },
        {
          name: 'c',
          op: 'Conv2D',
          input: ['x', 'w'],
          attr: {
            padding: { s: 'U0FNRQ==' },
            strides: { list: { i: ['1', 2, '2', '1'] } },
            fused_ops: { list: { s: ['UmVsdQ=='] } },
            explicit_paddings: { list: {} },
            dilations: { list: { s: [], i: ['1', '1', '1', '1'], f: [] } },
            nothing: { list: { s: [], i: [], f: [] } },
            epsilon: { f: 0.5 },
            flag: { b: false },
            N: { i: '3' },
            seed: { i: '9007199254740993' },
          },
        },
      ],
      versions: { producer: 7 },
    },
    weightsManifest: [{ weights: [{ name: 'w', shape: [2], dtype: 'float32' }] as Record<string, unknown>[] }],
  };
}

/** More than there are values in the model, those that hold others too. */
const PLACES = 70;
const BYTES = new Uint8Array(Float32Array.of(1, 2).buffer);

/** The model with another convolution, or another weight. */
function changed(convolution: Record<string, unknown>, weight: Record<string, unknown> = {}) {
  const copy = model();
  Object.assign(copy.modelTopology.node[3], convolution);
  Object.assign(copy.weightsManifest[0].weights[0], weight);
  return copy;
}

const read = (modelJson: unknown, weights: Uint8Array | ArrayBuffer = BYTES) => readGraph({ modelJson, weights });

describe('readGraph', () => {
  it('reads text and what it parses to, bytes and their buffer', () => {
    const graph = read(model());
    expect(graph).toEqual(read(JSON.stringify(model())));
    expect(graph).toEqual(read(model(), BYTES.buffer));
    expect([...graph.nodes.keys()]).toEqual(['y', 'x', 'w', 'c']);
    expect(graph.weights.get('w')).toEqual({ shape: [2], values: Float32Array.of(1, 2) });
    expect(graph.versions).toEqual({ producer: 7 });
  });

  it('gives plain inputs and attributes', () => {
    const { nodes } = read(model());
    expect(nodes.get('y')).toEqual({ name: 'y', op: 'Identity', inputs: ['c'], attributes: {} });
    expect(nodes.get('x')!.attributes).toEqual({ shape: { shape: [-1, 4] }, dtype: { type: 'DT_FLOAT' } });
    expect(nodes.get('w')!.attributes).toEqual({ value: { raw: { tensor: { dtype: 'DT_FLOAT' } } } });
    expect(nodes.get('c')!.attributes).toEqual({
      padding: 'SAME',
      strides: [1, 2, 2, 1],
      fused_ops: ['Relu'],
      explicit_paddings: [],
      dilations: [1, 1, 1, 1],
      nothing: [],
      epsilon: { float: 0.5 },
      flag: false,
      N: 3,
      seed: { raw: { i: '9007199254740993' } },
    });
  });

  it('knows a node’s second result, and weights that no node stands for', () => {
    const copy = model();
    copy.modelTopology.node[0].input = ['c:1'];
    copy.modelTopology.node.splice(2, 1);
    expect(read(copy).nodes.get('y')!.inputs).toEqual(['c:1']);
  });

  it.each<[string, unknown, string]>([
    ['what is no JSON', '{', 'model.json is no JSON'],
    ['what is no object', null, 'model.json holds no object'],
    ['a model without nodes', { modelTopology: {}, weightsManifest: [] }, 'no list modelTopology.node'],
    ['a model without weights', { modelTopology: { node: [] } }, 'no list weightsManifest'],
    ['a group without weights', { ...model(), weightsManifest: [{}] }, 'group 0 of weightsManifest'],
    ['a node without op', changed({ op: undefined }), 'node 3 has no name or no op'],
    ['inputs that are no names', changed({ input: [1] }), 'the inputs of Conv2D "c"'],
    ['attributes that are no object', changed({ attr: [] }), 'the attributes of Conv2D "c"'],
    ['text that is no base64', changed({ attr: { padding: { s: '?' } } }), 'the attribute "padding" of Conv2D "c"'],
    ['two nodes of one name', changed({ name: 'x' }), 'two nodes "x"'],
    ['a missing input', changed({ input: ['x', 'v'] }), 'Conv2D "c" is fed by "v", which is not there'],
    ['a node that feeds itself', changed({ input: ['c'] }), 'Conv2D "c" is fed by what it feeds, "c"'],
    ['a cycle', changed({ input: ['x', 'y'] }), 'is fed by what it feeds'],
    ['a weight without shape', changed({}, { shape: [-1] }), 'the weight "w" has no shape'],
    ['a weight without type', changed({}, { dtype: 3 }), 'the weight "w" has no dtype'],
    ['a quantization without form', changed({}, { quantization: {} }), 'the quantization of the weight "w"'],
    ['a short weight file', changed({}, { shape: [3] }), 'the weight "w" ends at byte 12, and there are 8'],
    ['surplus bytes', changed({}, { shape: [1] }), 'its weights have 4 bytes, and there are 8'],
  ])('refuses %s', (_, modelJson, message) => {
    expect(() => read(modelJson)).toThrow(message);
    expect(() => read(modelJson)).toThrow(expect.objectContaining({ code: 'model-corrupt' }));
  });

  it('reads graphs that are deeper than the call stack', () => {
    const node = Array.from({ length: 50_000 }, (_, i) => ({ name: `n${i}`, op: 'Identity', input: [`n${i + 1}`] }));
    const last = { name: 'n50000', op: 'Placeholder' };
    expect(read({ modelTopology: { node: [...node, last] }, weightsManifest: [] }, new Uint8Array(0)).nodes.size).toBe(50_001);
  });

  it('throws nothing but its own errors, whatever stands anywhere in the model', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(null, -1, 2 ** 53, '', [], {}));
    fc.assert(
      fc.property(fc.nat(), anything, fc.uint8Array({ maxLength: 12 }), (at, value, bytes) => {
        let place = at % PLACES;
        const damaged = JSON.stringify(model(), (_, old: unknown) => (place-- === 0 ? value : old));
        try {
          read(damaged, bytes.length % 2 ? BYTES : bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(VisavisError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
