import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeWeights } from '../../src/graph/decodeWeights.js';
import { encodeWeight } from '../../src/graph/encodeWeight.js';
import type { ModelJson, RawNode } from '../../src/graph/ModelJson.js';
import { shrinkModel } from './shrinkModel.mjs';

const C = 8;
const OUT = 256;
const text = (s: string) => ({ s: Buffer.from(s).toString('base64') });

/** Numbers that look random and are the same everywhere. */
function noise(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** x → depthwise 3×3 → pointwise C → OUT with bias → output; and a branch that nobody asks for. */
function makeModel(): { modelJson: ModelJson; weights: Buffer } {
  const rows = noise(C * OUT, 2).map((v, i) => v * (Math.floor(i / OUT) + 1) ** 3);
  const tensors = [
    ['block/filters', [3, 3, C, 1], noise(9 * C, 1)],
    ['block/weights', [1, 1, C, OUT], rows],
    ['block/bias', [OUT], noise(OUT, 3)],
    ['other/weights', [1, 1, C, OUT], noise(C * OUT, 4)],
  ] as const;
  const stored = tensors.map(([name, shape, values]) => ({
    spec: { name, shape: [...shape], dtype: 'float32' as const },
    bytes: Buffer.from(values.buffer),
  }));
  const node: RawNode[] = [
    { name: 'x', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' } } },
    ...tensors.map(([name]) => ({ name, op: 'Const', attr: { dtype: { type: 'DT_FLOAT' }, value: { tensor: {} } } })),
    { name: 'depth', op: 'DepthwiseConv2dNative', input: ['x', 'block/filters'], attr: { padding: text('SAME'), _cloned: { b: true } } },
    { name: 'point', op: '_FusedConv2D', input: ['depth', 'block/weights', 'block/bias'], attr: { padding: text('VALID') } },
    { name: 'other', op: 'Conv2D', input: ['x', 'other/weights'], attr: {} },
    { name: 'Identity', op: 'Identity', input: ['point'] },
  ];
  return {
    modelJson: {
      format: 'graph-model',
      modelTopology: { node, library: {}, versions: {} },
      weightsManifest: [{ paths: ['a.bin'], weights: stored.map(({ spec }) => spec) }],
    },
    weights: Buffer.concat(stored.map(({ bytes }) => bytes)),
  };
}

function valuesOf({ modelJson, weights }: { modelJson: ModelJson; weights: Uint8Array }): Map<string, Float32Array> {
  const decoded = decodeWeights(modelJson.weightsManifest[0].weights, weights);
  return new Map([...decoded].map(([name, { values }]) => [name, values as Float32Array]));
}

/** What the small model holds, by what it was called before: nodes keep their order. */
function contents(shrunk: ReturnType<typeof shrinkModel>) {
  const [filters, rows, bias] = [...valuesOf(shrunk).values()];
  return { filters, rows, bias };
}

describe('shrinkModel', () => {
  const model = makeModel();
  const small = shrinkModel(model, ['Identity'], { 'block/weights': Array.from({ length: C }, () => 0) });

  it('keeps the outputs’ names and what they need, and nothing else', () => {
    expect(small.modelJson.modelTopology.node.map(({ name, op, input }) => [name, op, input])).toEqual([
      ['n0', 'Placeholder', undefined],
      ['n1', 'Const', undefined],
      ['n2', 'Const', undefined],
      ['n3', 'Const', undefined],
      ['n4', 'DepthwiseConv2dNative', ['n0', 'n1']],
      ['n5', '_FusedConv2D', ['n4', 'n2', 'n3']],
      ['Identity', 'Identity', ['n5']],
    ]);
    expect(small.modelJson.modelTopology.node[4].attr).toEqual({ padding: text('SAME') });
    expect(small.weights).toHaveLength(2 * 9 * C + C * OUT + 2 * OUT);
    expect(() => shrinkModel(model, ['Identity_7'])).toThrow('no node Identity_7');
  });

  it('computes the same: small rows are as precise as large ones', () => {
    const { filters, rows } = contents(small);
    const before = valuesOf(model);
    for (let c = 0; c < C; c++) {
      const largest = (c + 1) ** 3;
      for (let o = 0; o < OUT; o++) {
        const product = before.get('block/filters')![c] * before.get('block/weights')![c * OUT + o];
        expect(Math.abs(filters[c] * rows[c * OUT + o] - product)).toBeLessThan((1.2 * largest) / 255);
      }
    }
  });

  it('takes from the bias what rounding adds on average', () => {
    const means = Array.from({ length: C }, (_, c) => 5 - c);
    const error = (shrunk: ReturnType<typeof shrinkModel>, o: number) => {
      const { filters, rows, bias } = contents(shrunk);
      const before = valuesOf(model);
      return means.reduce(
        (sum, mean, c) =>
          // What arrives behind the depthwise filter is smaller by as much as its filter is.
          sum +
          (mean * filters[c] * rows[c * OUT + o]) / before.get('block/filters')![c] -
          mean * before.get('block/weights')![c * OUT + o],
        bias[o] - before.get('block/bias')![o],
      );
    };
    const corrected = shrinkModel(model, ['Identity'], { 'block/weights': means });
    const outputs = Array.from({ length: OUT }, (_, o) => o);
    const rms = (shrunk: ReturnType<typeof shrinkModel>) => Math.hypot(...outputs.map((o) => error(shrunk, o)));
    expect(rms(corrected)).toBeLessThan(rms(small) / 3);
  });

  it('keeps as float16 what is not named', () => {
    const precise = shrinkModel(model, ['Identity']);
    expect(precise.modelJson.weightsManifest[0].weights.map(({ quantization }) => quantization!.dtype)).toEqual([
      'float16',
      'float16',
      'float16',
    ]);
    const exact = encodeWeight('n', { shape: [C * OUT], values: valuesOf(model).get('block/weights')! }, 'float16');
    expect(precise.weights.subarray(18 * C, 18 * C + 2 * C * OUT)).toEqual(exact.bytes);
  });

  it('gives the same bytes everywhere', () => {
    const hash = createHash('sha256').update(JSON.stringify(small.modelJson)).update(small.weights).digest('hex');
    expect(hash).toBe('e45b4a9ed578cc4f6c094384ad28548bf2f35c5205df929a1f0f3ac507202755');
  });
});
