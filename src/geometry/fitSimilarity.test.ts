import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitSimilarity } from './fitSimilarity.js';
import { apply, invert, scaleOf } from './Similarity.js';

const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const transform = fc
  .record({
    scale: fc.double({ min: 0.05, max: 20, noNaN: true }),
    angle: fc.double({ min: -3.1, max: 3.1, noNaN: true }),
    tx: coordinate,
    ty: coordinate,
  })
  .map(({ scale, angle, tx, ty }) => ({ a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx, ty }));

describe('fitSimilarity', () => {
  it('finds a quarter turn, doubling and shift computed by hand', () => {
    const from = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 0, y: 1 },
    ];
    const to = [
      { x: 5, y: 7 },
      { x: 5, y: 9 },
      { x: 3, y: 7 },
    ];
    const { a, b, tx, ty } = fitSimilarity(from, to);
    expect([a, b, tx, ty].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([0, 2, 5, 7]);
  });

  it('recovers random transforms', () => {
    fc.assert(
      fc.property(transform, fc.array(point, { minLength: 3, maxLength: 8 }), (t, from) => {
        const spread = Math.max(...from.map((p) => Math.hypot(p.x - from[0].x, p.y - from[0].y)));
        fc.pre(spread > 1);
        const fitted = fitSimilarity(
          from,
          from.map((p) => apply(t, p)),
        );
        for (const p of from) {
          const [u, v] = [apply(t, p), apply(fitted, p)];
          expect(Math.hypot(u.x - v.x, u.y - v.y)).toBeLessThan(1e-6 * (1 + spread * scaleOf(t)));
        }
      }),
    );
  });

  it('leaves the smallest squared error: nudging the solution makes it worse', () => {
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 5, maxLength: 5 }),
        fc.array(point, { minLength: 5, maxLength: 5 }),
        transform,
        (from, to, nudge) => {
          fc.pre(Math.max(...from.map((p) => Math.hypot(p.x - from[0].x, p.y - from[0].y))) > 1);
          const error = (t: typeof nudge) =>
            from.reduce((sum, p, i) => sum + (apply(t, p).x - to[i].x) ** 2 + (apply(t, p).y - to[i].y) ** 2, 0);
          const best = fitSimilarity(from, to);
          const other = {
            a: best.a + nudge.a * 1e-3,
            b: best.b + nudge.b * 1e-3,
            tx: best.tx + nudge.tx * 1e-3,
            ty: best.ty + nudge.ty * 1e-3,
          };
          expect(error(best)).toBeLessThanOrEqual(error(other) * (1 + 1e-9));
        },
      ),
    );
  });

  it('refuses what has no solution', () => {
    const p = { x: 1, y: 1 };
    expect(() => fitSimilarity([p], [p])).toThrow(RangeError);
    expect(() => fitSimilarity([p, p], [p])).toThrow(/2 and 1/);
    expect(() => fitSimilarity([p, p], [p, { x: 2, y: 3 }])).toThrow(/not all equal/);
    expect(() => fitSimilarity([{ x: NaN, y: 0 }, p], [p, p])).toThrow(RangeError);
  });
});

describe('invert', () => {
  it('undoes a transform', () => {
    fc.assert(
      fc.property(transform, point, (t, p) => {
        const q = apply(invert(t), apply(t, p));
        expect(Math.hypot(q.x - p.x, q.y - p.y)).toBeLessThan(1e-6);
      }),
    );
  });

  it('refuses a transform of scale 0', () => {
    expect(() => invert({ a: 0, b: 0, tx: 1, ty: 1 })).toThrow(RangeError);
  });
});
