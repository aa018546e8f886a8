import { expect, it } from 'vitest';
import type { FaceLight } from '../shared/FaceReport.js';
import { measureFaceLight } from './measureFaceLight.js';

const SIZE = 160;
/** Twice as large as the crop, and moved. */
const ALIGNMENT = { a: 0.5, b: 0, tx: -20, ty: -10 };
const PLACES: [keyof FaceLight, number, number, number][] = [
  ['forehead', 151, 80, 30],
  ['nose', 5, 80, 95],
  ['rightCheek', 123, 35, 100],
  ['leftCheek', 352, 125, 100],
  ['chin', 199, 80, 150],
];

it('measures each place where the mesh has it, in linear light', () => {
  const crop = new Float32Array(SIZE * SIZE * 3).fill(-1);
  const mesh = new Float32Array(468 * 3);
  PLACES.forEach(([, index, x, y], k) => {
    mesh.set([(x + 20) * 2, (y + 10) * 2, 0], 3 * index);
    for (let j = y - 10; j < Math.min(SIZE, y + 10); j++) {
      for (let i = x - 10; i < x + 10; i++) crop.set([1, (188 / 255) * 2 - 1, k / 5 - 1], 3 * (j * SIZE + i));
    }
  });
  const light = measureFaceLight(crop, mesh, ALIGNMENT);
  let last = -1;
  for (const [place] of PLACES) {
    const [red, green, blue] = light[place];
    expect([place, red]).toEqual([place, 1]);
    // A gamma-coded 188 of 255 is half the light.
    expect(green).toBeCloseTo(0.5, 2);
    expect(blue).toBeGreaterThan(last);
    last = blue;
  }
});

it('stays inside the crop where the mesh does not', () => {
  const crop = new Float32Array(SIZE * SIZE * 3).fill(1);
  const light = measureFaceLight(crop, new Float32Array(468 * 3).fill(-500), ALIGNMENT);
  expect(light.chin).toEqual([1, 1, 1]);
  const far = measureFaceLight(crop, new Float32Array(468 * 3).fill(9000), ALIGNMENT);
  expect(far.nose).toEqual([1, 1, 1]);
});
