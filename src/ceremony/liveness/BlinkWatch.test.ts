import { describe, expect, it } from 'vitest';
import { BlinkWatch } from './BlinkWatch.js';
import { readFace } from './readFace.js';
import { syntheticFace } from './fixtures/syntheticFace.js';

const rest = readFace(syntheticFace());

/** Whether eyes that open so far (right and left, one pair each 100 ms) have blinked. */
function blinks(openings: readonly (readonly [number, number])[], step = 100): boolean {
  const watch = new BlinkWatch(rest);
  return openings.some(([right, left], i) => {
    const state = { ...rest, rightEye: rest.rightEye * right, leftEye: rest.leftEye * left };
    return watch.observe(state, i * step) === 1;
  });
}
const both = (...openings: number[]) => openings.map((opening) => [opening, opening] as const);

describe('a blink', () => {
  it('is both eyes open, shut and open again', () => {
    expect(blinks(both(1, 0.5, 1))).toBe(true);
    expect(blinks(both(1, 0.8, 0.4, 0.4, 0.9, 1))).toBe(true);
    expect(blinks(both(1, 0.5, 1), 33)).toBe(true);
  });

  it('is not one eye, nor eyes that stay shut, nor eyes that were never open', () => {
    expect(
      blinks([
        [1, 1],
        [0.5, 1],
        [1, 1],
        [1, 0.5],
        [1, 1],
      ]),
    ).toBe(false);
    expect(blinks(both(1, 0.5, 0.5, 0.5))).toBe(false);
    expect(blinks(both(0.5, 0.5, 1))).toBe(false);
    expect(blinks(both(1, ...Array.from({ length: 20 }, () => 0.5), 1))).toBe(false);
  });

  it('is not a tremble', () => {
    expect(blinks(both(1, 0.93, 1, 0.91, 1, 0.95, 1))).toBe(false);
  });
});
