import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap, suppress } from './suppress.js';

const box = fc.record({ x: fc.nat(50), y: fc.nat(50), width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 30 }) });

describe('suppress', () => {
  it('keeps the best of boxes that overlap, best first', () => {
    const a = { x: 0, y: 0, width: 10, height: 10 };
    const nearA = { x: 1, y: 1, width: 10, height: 10 };
    const far = { x: 40, y: 0, width: 10, height: 10 };
    expect(suppress([a, nearA, far], [0.6, 0.9, 0.7], 0.3)).toEqual([1, 2]);
    expect(suppress([], [], 0.3)).toEqual([]);
  });

  it('leaves no two that overlap by more, and drops none without such a reason', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(box, fc.float({ min: 0, max: 1, noNaN: true })), { maxLength: 12 }), (found) => {
        const boxes = found.map(([b]) => b);
        const scores = found.map(([, score]) => score);
        const kept = suppress(boxes, scores, 0.3);
        kept.forEach((i, at) => kept.slice(0, at).forEach((j) => expect(overlap(boxes[i], boxes[j])).toBeLessThanOrEqual(0.3)));
        boxes.forEach((b, i) => {
          if (kept.includes(i)) return;
          expect(kept.some((k) => scores[k] >= scores[i] && overlap(boxes[k], b) > 0.3)).toBe(true);
        });
      }),
    );
  });
});

describe('overlap', () => {
  it('is 1 for a box with itself, symmetric, and the area of what is shared by the area of both', () => {
    fc.assert(fc.property(box, box, (a, b) => overlap(a, a) === 1 && overlap(a, b) === overlap(b, a)));
    expect(overlap({ x: 0, y: 0, width: 2, height: 1 }, { x: 1, y: 0, width: 2, height: 1 })).toBeCloseTo(1 / 3, 12);
    expect(overlap({ x: 0, y: 0, width: 2, height: 1 }, { x: 2, y: 0, width: 2, height: 1 })).toBe(0);
  });
});
