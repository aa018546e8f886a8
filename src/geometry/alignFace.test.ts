import { expect, it } from 'vitest';
import { alignFace } from './alignFace.js';
import { fivePoints } from './fivePoints.js';
import { apply } from './Similarity.js';

const TARGET_160 = {
  rightEye: { x: 54.70657, y: 73.85186 },
  leftEye: { x: 105.04543, y: 73.57343 },
  nose: { x: 80.036, y: 102.48086 },
  rightMouth: { x: 59.35614, y: 131.95071 },
  leftMouth: { x: 101.04271, y: 131.72014 },
};

it('maps a face that already lies on the target onto itself', () => {
  const { a, b, tx, ty } = alignFace(TARGET_160, 160);
  expect(a).toBeCloseTo(1, 5);
  for (const v of [b, tx, ty]) expect(v).toBeCloseTo(0, 3);
});

it('undoes a half-size face that is turned by 90°', () => {
  const turned = (p: { x: number; y: number }) => ({ x: -p.y / 2 + 300, y: p.x / 2 + 40 });
  const points = Object.fromEntries(Object.entries(TARGET_160).map(([k, p]) => [k, turned(p)])) as typeof TARGET_160;
  const t = alignFace(points, 160);
  for (const [k, p] of Object.entries(points)) {
    const q = apply(t, p);
    const wanted = TARGET_160[k as keyof typeof TARGET_160];
    expect(q.x).toBeCloseTo(wanted.x, 3);
    expect(q.y).toBeCloseTo(wanted.y, 3);
  }
});

it('reads the five points of a mesh by their documented indices', () => {
  const mesh = new Float32Array(468 * 3);
  for (let i = 0; i < 468; i++) mesh.set([i, 2 * i, 0], 3 * i);
  expect(fivePoints(mesh)).toEqual({
    rightEye: { x: (33 + 133 + 159 + 145) / 4, y: (33 + 133 + 159 + 145) / 2 },
    leftEye: { x: (362 + 263 + 386 + 374) / 4, y: (362 + 263 + 386 + 374) / 2 },
    nose: { x: 4, y: 8 },
    rightMouth: { x: 61, y: 122 },
    leftMouth: { x: 291, y: 582 },
  });
});
