import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRotation } from './nearestRotation.js';

const angle = fc.double({ min: -3, max: 3, noNaN: true });
const stretch = fc.double({ min: 0.05, max: 20, noNaN: true });

/** a · b, nine values by rows. */
function times(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  return Array.from({ length: 9 }, (_, n) => [0, 1, 2].reduce((sum, k) => sum + a[3 * Math.floor(n / 3) + k] * b[3 * k + (n % 3)], 0));
}

function transposed(m: ArrayLike<number>): number[] {
  return Array.from({ length: 9 }, (_, n) => m[3 * (n % 3) + Math.floor(n / 3)]);
}

function turned(x: number, y: number, z: number): number[] {
  const [cx, sx, cy, sy, cz, sz] = [Math.cos(x), Math.sin(x), Math.cos(y), Math.sin(y), Math.cos(z), Math.sin(z)];
  return times([cz, -sz, 0, sz, cz, 0, 0, 0, 1], times([cy, 0, sy, 0, 1, 0, -sy, 0, cy], [1, 0, 0, 0, cx, -sx, 0, sx, cx]));
}

describe('nearestRotation', () => {
  it('finds the rotation that was stretched along any axes: the polar decomposition is unique', () => {
    fc.assert(
      fc.property(angle, angle, angle, angle, angle, stretch, stretch, stretch, (x, y, z, u, v, a, b, c) => {
        const rotation = turned(x, y, z);
        const axes = turned(u, v, 0);
        const symmetric = times(times(axes, [a, 0, 0, 0, b, 0, 0, 0, c]), transposed(axes));
        const found = nearestRotation(times(rotation, symmetric))!;
        for (let i = 0; i < 9; i++) expect(found[i]).toBeCloseTo(rotation[i], 6);
      }),
    );
  });

  it.each([
    ['nothing', [0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['a plane', [1, 0, 0, 0, 1, 0, 0, 0, 0]],
    ['a mirror', [1, 0, 0, 0, 1, 0, 0, 0, -1]],
    ['no numbers', Array.from({ length: 9 }, () => NaN)],
  ])('says that %s has none', (_name, matrix) => {
    expect(nearestRotation(matrix)).toBeNull();
  });
});
