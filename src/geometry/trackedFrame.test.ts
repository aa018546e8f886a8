import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apply } from './Similarity.js';
import { trackedFrame } from './trackedFrame.js';

/** A mesh of four corners 100 × 120 pixels large, eyes level, centered on the origin, moved by a similarity. */
function faceAt(angle: number, scale: number, tx: number, ty: number) {
  const view = { a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx, ty };
  const corners = [
    { x: -50, y: -60 },
    { x: 50, y: -60 },
    { x: 50, y: 60 },
    { x: -50, y: 60 },
  ].map((p) => apply(view, p));
  const at = (x: number, y: number) => apply(view, { x, y });
  const landmarks = { rightEye: at(-20, -15), leftEye: at(20, -15), nose: at(0, 5), rightMouth: at(-15, 30), leftMouth: at(15, 30) };
  return { view, mesh: Float32Array.from(corners.flatMap(({ x, y }) => [x, y, 0])), landmarks };
}

it('frames a face alike however it is turned, scaled and moved', () => {
  const upright = trackedFrame(faceAt(0, 1, 0, 0));
  expect(upright.side / 120).toBeCloseTo(0.92, 5);
  expect(upright.center.x).toBeCloseTo(0, 4);
  expect(upright.center.y).toBeGreaterThan(0);
  fc.assert(
    fc.property(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0.2, max: 4, noNaN: true }),
      fc.double({ min: -300, max: 300, noNaN: true }),
      (angle, scale, shift) => {
        const face = faceAt(angle, scale, shift, -shift / 2);
        const { center, side, rightEye } = trackedFrame(face);
        const expected = apply(face.view, upright.center);
        expect(Math.hypot(center.x - expected.x, center.y - expected.y)).toBeLessThan(1e-3 * scale * 120);
        expect(side / scale / 120).toBeCloseTo(0.92, 4);
        expect(rightEye).toEqual(face.landmarks.rightEye);
      },
    ),
  );
});
