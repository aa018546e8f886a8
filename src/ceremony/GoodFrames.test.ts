import { describe, expect, it } from 'vitest';
import { syntheticFace } from './liveness/fixtures/syntheticFace.js';
import { GoodFrames } from './GoodFrames.js';

const face = (score: number) => {
  const seen = syntheticFace({});
  return { ...seen, quality: { ...seen.quality, score } };
};

describe('GoodFrames', () => {
  it('takes frames that lie apart, and gives the best by quality, in their order', () => {
    const judge = new GoodFrames({ frames: 2, timeLimit: 1000, maxDistance: 1.1 });
    const scores = [0.2, 0.9, 0.5, 0.8, 0.1, 0.7];
    scores.forEach((score, n) => judge.observe({ time: 100 * n, faces: 1, face: face(score), embedding: Float32Array.of(1, 0) }));
    expect(judge.taken.map((one) => one.face.quality.score)).toEqual([0.2, 0.5, 0.1]);
    expect(judge.best.map((one) => one.face.quality.score)).toEqual([0.2, 0.5]);
    expect(judge.over).toBe(false);
    judge.observe({ time: 650, faces: 1, face: face(0.6), embedding: Float32Array.of(1, 0) });
    expect(judge.over).toBe(true);
    expect(judge.best.map((one) => one.face.quality.score)).toEqual([0.5, 0.6]);
  });

  it('does not see whom a frame resembles: the same scores give the same choice', () => {
    const chosen = [
      [1, 0],
      [0.9, Math.sqrt(1 - 0.81)],
      [0.8, 0.6],
    ].map((unlike) => {
      const judge = new GoodFrames({ frames: 1, timeLimit: 1000, maxDistance: 1.1 });
      [0.5, 0.9, 0.4].forEach((score, n) => {
        const embedding = Float32Array.from(n === 1 ? unlike : [1, 0]);
        judge.observe({ time: 200 * n, faces: 1, face: face(score), embedding });
      });
      return judge.best[0].face.quality.score;
    });
    expect(chosen).toEqual([0.9, 0.9, 0.9]);
  });

  it('says what was wrong most often', () => {
    const judge = new GoodFrames({ frames: 2, timeLimit: 1000, maxDistance: 1.1 });
    const bad = { ...face(0.1), quality: { ...face(0.1).quality, reasons: ['too-dark' as const] } };
    judge.observe({ time: 0, faces: 0, face: null, embedding: null });
    for (const time of [500, 1000]) judge.observe({ time, faces: 1, face: bad, embedding: null });
    expect(judge.over).toBe(true);
    expect(judge.trouble).toEqual({ code: 'low-quality', reasons: ['too-dark'] });
  });

  it('says so also where some were good, and nothing where all were', () => {
    const judge = new GoodFrames({ frames: 2, timeLimit: 1000, maxDistance: 1.1 });
    expect(judge.trouble).toEqual({ code: 'no-face', reasons: [] });
    judge.observe({ time: 0, faces: 1, face: face(0.9), embedding: Float32Array.of(1, 0) });
    expect(judge.trouble).toBeNull();
    judge.observe({ time: 500, faces: 2, face: null, embedding: null });
    expect(judge.taken).toHaveLength(1);
    expect(judge.trouble).toEqual({ code: 'several-faces', reasons: [] });
  });
});
