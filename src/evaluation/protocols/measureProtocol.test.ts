import { describe, expect, it } from 'vitest';
import { measureProtocol } from './measureProtocol.js';

describe('measureProtocol', () => {
  const [x, y, z] = [Float32Array.of(1, 0), Float32Array.of(0.8, 0.6), Float32Array.of(0, 1)];
  const embeddings = new Map<string, Float32Array | null>([
    ['a', x],
    ['b', y],
    ['c', z],
    ['d', null],
  ]);

  it('counts a pair without a face as refused', () => {
    const pairs = ['1', '2'].flatMap((fold) => [
      { fold, a: 'a', b: 'b', same: true },
      { fold, a: 'a', b: 'd', same: true },
      { fold, a: 'a', b: 'c', same: false },
    ]);
    const { withoutFace, folds, tar } = measureProtocol({ name: 'x', pairs }, embeddings);
    expect(withoutFace).toBe(2);
    expect(folds?.accuracy).toBeCloseTo(2 / 3);
    expect(tar[0]?.tar).toBe(0.5);
  });

  it('does without folds and without strangers', () => {
    const { folds, equalErrorRate, tar } = measureProtocol({ name: 'x', pairs: [{ fold: '1', a: 'a', b: 'b', same: true }] }, embeddings);
    expect([folds, equalErrorRate, tar]).toEqual([null, null, []]);
  });
});
