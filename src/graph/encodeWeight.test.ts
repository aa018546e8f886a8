import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWeights } from './decodeWeights.js';
import { encodeWeight, type WeightForm } from './encodeWeight.js';
import type { Tensor } from './Graph.js';

const store = (values: Tensor['values'], form: WeightForm) => encodeWeight('n', { shape: [values.length], values }, form);
const read = ({ spec, bytes }: ReturnType<typeof store>) => decodeWeights([spec], bytes).get('n')!.values;

describe('encodeWeight', () => {
  const values = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 300 }).map((v) => Float32Array.from(v));

  it('keeps integers and flags as they are', () => {
    expect(read(store(Int32Array.of(-1, 0, 70_000), 'uint8'))).toEqual(Int32Array.of(-1, 0, 70_000));
    expect(read(store(Uint8Array.of(1, 0), 'float16'))).toEqual(Uint8Array.of(1, 0));
  });

  it('keeps floats as they are, where asked to', () => {
    expect(read(store(Float32Array.of(0.1, -0, NaN, Infinity), 'float32'))).toEqual(Float32Array.of(0.1, -0, NaN, Infinity));
  });

  it.each([
    ['uint8', 255, 1],
    ['uint16', 65_535, 2],
  ] as const)('loses no more in %s than half a level of the whole range loses, in the mean square; 0 stays 0', (form, highest, width) => {
    fc.assert(
      fc.property(values, (v) => {
        v[0] = 0;
        const stored = store(v, form);
        expect(stored.bytes).toHaveLength(width * v.length);
        const after = read(stored);
        expect(after[0]).toBe(0);
        const half = (Math.max(...v) - Math.min(...v)) / highest / 2;
        const mean = v.reduce((sum, x, i) => sum + (x - after[i]) ** 2, 0) / v.length;
        // Levels are shifted by up to half a level, so that one of them is 0: the ends may be cut by as much.
        expect(Math.sqrt(mean)).toBeLessThanOrEqual(2 * half + 1e-6);
      }),
    );
  });

  it('cuts off an outlier that costs the others more than it is worth', () => {
    const v = Float32Array.from({ length: 4000 }, (_, i) => Math.sin(i));
    v[7] = 1.5;
    expect(store(v, 'uint8').spec.quantization!.scale).toBeLessThan((1.5 + 1) / 255);
  });

  it('refuses levels of what is not finite', () => {
    expect(() => store(Float32Array.of(1, NaN), 'uint8')).toThrow('the weight "n" has values that are not finite');
  });
});
