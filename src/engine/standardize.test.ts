import { expect, it } from 'vitest';
import { standardize } from './standardize.js';

it('brings a picture to mean 0 and standard deviation 1', () => {
  const values = Float32Array.of(10, 20, 30, 40);
  standardize(values);
  const spread = Math.sqrt(125);
  [-15, -5, 5, 15].forEach((v, i) => expect(values[i]).toBeCloseTo(v / spread, 6));
});

it('divides what has no contrast by the least spread of so many values', () => {
  const flat = new Float32Array(100).fill(7);
  flat[0] = 7.5;
  standardize(flat);
  expect(flat[0]).toBeCloseTo((7.5 - 7.005) / 0.1, 4);
});
