import { describe, expect, it } from 'vitest';
import { cosine } from './cosine.mjs';
import { median } from './median.mjs';
import { ratioOf } from './ratioOf.mjs';
import { summarize } from './summarize.mjs';
import { takeTurns } from './takeTurns.mjs';

describe('median', () => {
  it('is the middle, or the mean of the two in the middle, of values in any order', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('ratioOf', () => {
  it('divides the medians, and says how far the turns lie apart', () => {
    const base = summarize([
      [10, 10, 10],
      [20, 20, 20],
    ]);
    const other = summarize([
      [20, 20, 20],
      [30, 30, 30],
    ]);
    expect(ratioOf(other, base)).toEqual({ ratio: 25 / 15, low: 1.5, high: 2 });
    expect(() => ratioOf(other, summarize([[1]]))).toThrow('expected 1 turns, got 2');
  });
});

describe('takeTurns', () => {
  it('interleaves, and goes backwards every other round', async () => {
    const order: string[] = [];
    const samples = await takeTurns(['a', 'b'], 3, (name, round) => {
      order.push(name);
      return Promise.resolve(name === 'a' ? [round] : [10, 20, 30]);
    });
    expect(order.join('')).toBe('abbaab');
    expect(samples).toEqual([
      { median: 1, min: 0, turns: [0, 1, 2] },
      { median: 20, min: 10, turns: [20, 20, 20] },
    ]);
  });
});

describe('cosine', () => {
  it('needs no unit length', () => {
    expect(cosine([2, 0], [3, 0])).toBe(1);
    expect(cosine([1, 0], [0, 5])).toBe(0);
    expect(() => cosine([1], [1, 2])).toThrow('expected 1 values, got 2');
  });
});
