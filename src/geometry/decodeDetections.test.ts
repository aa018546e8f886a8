import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anchors } from './anchors.js';
import { decodeDetections } from './decodeDetections.js';
import { detectorView } from './detectorView.js';
import { apply, invert } from './Similarity.js';

describe('anchors', () => {
  it('are the 896 cell centers of both grids', () => {
    const all = anchors();
    expect(all).toHaveLength(896);
    expect(all[0]).toEqual({ x: 1 / 32, y: 1 / 32 });
    expect(all[2]).toEqual({ x: 3 / 32, y: 1 / 32 });
    expect(all[511]).toEqual({ x: 31 / 32, y: 31 / 32 });
    expect(all[512]).toEqual({ x: 1 / 16, y: 1 / 16 });
    expect(all[895]).toEqual({ x: 15 / 16, y: 15 / 16 });
  });
});

describe('decodeDetections', () => {
  it('adds the anchor to each offset (by hand)', () => {
    const logits = new Float32Array(896).fill(-20);
    const rows = new Float32Array(896 * 16);
    logits[513] = 0;
    rows.set([4, -8, 50, 60, -10, -12, 14, -11], 513 * 16);
    // Anchor 513 sits in the first cell of the 8×8 grid: (1/16, 1/16) of 256 pixels = (16, 16).
    expect(decodeDetections(logits, rows, 256, 0.5)).toEqual([
      { center: { x: 20, y: 8 }, width: 50, height: 60, rightEye: { x: 6, y: 4 }, leftEye: { x: 30, y: 5 }, score: 0.5 },
    ]);
  });

  it('decodes a recorded output: the face of person02-a-front.jpg', () => {
    const recorded = readFileSync(new URL('./fixtures/blazeface-person02-a-front.bin', import.meta.url));
    const values = new Float32Array(recorded.buffer, recorded.byteOffset, recorded.byteLength / 4);
    const found = decodeDetections(values.subarray(0, 896), values.subarray(896), 256, 0.4);
    expect(found.length).toBeGreaterThan(2);
    const best = found.reduce((a, b) => (b.score > a.score ? b : a));
    expect(best.score).toBeGreaterThan(0.9);
    const back = invert(detectorView(640, 480, 256));
    const near = (p: { x: number; y: number }, x: number, y: number, by: number) => expect(Math.hypot(p.x - x, p.y - y)).toBeLessThan(by);
    near(apply(back, best.rightEye), 274, 186, 12);
    near(apply(back, best.leftEye), 374, 186, 12);
    near(apply(back, best.center), 318, 226, 25);
    expect(best.width * back.a).toBeGreaterThan(190);
    expect(best.width * back.a).toBeLessThan(270);
  });

  it('ignores scores that are not numbers and refuses outputs of another size', () => {
    const rows = new Float32Array(896 * 16);
    expect(decodeDetections(new Float32Array(896).fill(NaN), rows, 256, 0.5)).toEqual([]);
    expect(() => decodeDetections(new Float32Array(895), rows, 256, 0.5)).toThrow(/expected 896 scores/);
  });
});
