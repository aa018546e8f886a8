import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHalf, readWeights, storeWeight, toHalf } from './weights.mjs';

const FINITE = Array.from({ length: 0x7c00 }, (_, bits) => bits);

describe('halves', () => {
  it('are read as IEEE 754 says', () => {
    expect([0x0000, 0x0001, 0x03ff, 0x0400, 0x3555, 0x3c00, 0x7bff, 0xc000, 0x7c00].map(fromHalf)).toEqual([
      0,
      2 ** -24,
      1023 / 2 ** 24,
      2 ** -14,
      0.333251953125,
      1,
      65504,
      -2,
      Infinity,
    ]);
    expect(fromHalf(0x7e00)).toBeNaN();
  });

  it('survive being read and written, all of them', () => {
    expect(FINITE.filter((bits) => toHalf(fromHalf(bits)) !== bits)).toEqual([]);
    expect(FINITE.filter((bits) => toHalf(fromHalf(bits | 0x8000)) !== (bits | 0x8000))).toEqual([]);
  });

  it('are the nearest there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7bfe }), fc.double({ min: 0, max: 1, noNaN: true }), (bits, t) => {
        const [below, above] = [fromHalf(bits), fromHalf(bits + 1)];
        const value = below + t * (above - below);
        const error = Math.abs(fromHalf(toHalf(value)) - value);
        expect(error).toBeLessThanOrEqual(Math.min(value - below, above - value));
      }),
    );
    expect(fromHalf(toHalf(1e6))).toBe(Infinity);
  });
});

describe('storeWeight', () => {
  const read = ({ spec, bytes }: ReturnType<typeof storeWeight>) => [...readWeights([spec], bytes).values()][0];
  const values = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 300 }).map((v) => Float32Array.from(v));

  it('keeps integers as they are', () => {
    expect(read(storeWeight('n', [3], Int32Array.of(-1, 0, 70_000), 'uint8'))).toEqual(Int32Array.of(-1, 0, 70_000));
  });

  it('loses no more in uint8 than half a level of the whole range loses, in the mean square; 0 stays 0', () => {
    fc.assert(
      fc.property(values, (v) => {
        v[0] = 0;
        const stored = storeWeight('n', [v.length], v, 'uint8');
        expect(stored.bytes).toHaveLength(v.length);
        const after = read(stored);
        expect(after[0]).toBe(0);
        const half = (Math.max(...v) - Math.min(...v)) / 255 / 2;
        const mean = v.reduce((sum, x, i) => sum + (x - after[i]) ** 2, 0) / v.length;
        // Levels are shifted by up to half a level, so that one of them is 0: the ends may be cut by as much.
        expect(Math.sqrt(mean)).toBeLessThanOrEqual(2 * half + 1e-6);
      }),
    );
  });

  it('cuts off an outlier that costs the others more than it is worth', () => {
    const v = Float32Array.from({ length: 4000 }, (_, i) => Math.sin(i));
    v[7] = 1.5;
    const { spec } = storeWeight('n', [v.length], v, 'uint8');
    expect(spec.quantization!.scale).toBeLessThan((1.5 + 1) / 255);
  });

  it('refuses a file that is too long', () => {
    const { spec, bytes } = storeWeight('n', [2], Float32Array.of(1, 2), 'float16');
    expect(() => readWeights([spec], Buffer.concat([bytes, bytes]))).toThrow('expected 4 bytes of weights, got 8');
  });
});
