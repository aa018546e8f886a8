import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestDifference, DIGEST_LENGTH, goldenDigest } from './goldenDigest.js';

const outputs = fc.float32Array({ minLength: 1, maxLength: 2000, min: -200, max: 200, noNaN: true, noDefaultInfinity: true });

describe('goldenDigest', () => {
  it('is about as wrong as what it tells of: every value counts alike', () => {
    fc.assert(
      fc.property(outputs, fc.nat(), fc.constantFrom(1, -1), (output, at, sign) => {
        const changed = output.slice();
        changed[at % output.length] += sign * 16;
        const [before, after] = [goldenDigest(output), goldenDigest(changed)];
        expect(before).toHaveLength(DIGEST_LENGTH);
        expect(Math.hypot(...before.map((v, i) => v - after[i]))).toBeCloseTo(16, 2);
      }),
    );
  });

  it('notices values that are all too large, or moved by one', () => {
    const output = Float32Array.from({ length: 1404 }, (_, i) => 96 + 40 * Math.sin(i));
    const golden = goldenDigest(output);
    expect(digestDifference(goldenDigest(output.map((v) => 1.02 * v)), golden)).toBeCloseTo(0.02, 3);
    expect(digestDifference(goldenDigest(output.map((v) => v + 3)), golden)).toBeGreaterThan(0.01);
    expect(digestDifference(goldenDigest(Float32Array.from(output, (_, i) => output.at(i - 1)!)), golden)).toBeGreaterThan(0.1);
    expect(digestDifference(golden, golden)).toBe(0);
  });

  it('takes what is no number for infinitely wrong, and small outputs as they are', () => {
    const golden = goldenDigest(Float32Array.of(1e-5));
    expect(digestDifference(goldenDigest(Float32Array.of(2e-5)), golden)).toBeCloseTo(1e-5, 8);
    expect(digestDifference(goldenDigest(Float32Array.of(NaN)), golden)).toBeNaN();
  });
});
