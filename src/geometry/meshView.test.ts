import { describe, expect, it } from 'vitest';
import { meshBox } from './meshBox.js';
import { meshToSource, meshView } from './meshView.js';
import { apply, invert } from './Similarity.js';

describe('meshView', () => {
  const frame = { center: { x: 100, y: 80 }, side: 60, rightEye: { x: 80, y: 70 }, leftEye: { x: 120, y: 70 } };

  it('shows a square of 1.6 times the box, centered', () => {
    const view = meshView(frame, 192);
    expect(apply(view, { x: 100, y: 80 })).toEqual({ x: 96, y: 96 });
    expect(apply(view, { x: 52, y: 32 }).x).toBeCloseTo(0, 9);
    expect(apply(view, { x: 148, y: 128 }).y).toBeCloseTo(192, 9);
  });

  it('levels the eyes', () => {
    const tilted = { ...frame, leftEye: { x: 120, y: 110 } };
    const view = meshView(tilted, 192);
    expect(apply(view, tilted.leftEye).y).toBeCloseTo(apply(view, tilted.rightEye).y, 9);
    expect(apply(view, tilted.leftEye).x).toBeGreaterThan(apply(view, tilted.rightEye).x);
  });

  it('is undone by meshToSource, depth scaled like lengths', () => {
    const view = meshView(frame, 192);
    const mesh = Float32Array.of(96, 96, 10, 0, 0, -4);
    const back = meshToSource(mesh, invert(view));
    expect([...back].map((v) => Math.round(v * 1000) / 1000)).toEqual([100, 80, 5, 52, 32, -2]);
    expect(meshBox(back)).toEqual({ x: 52, y: 32, width: 48, height: 48 });
  });
});
