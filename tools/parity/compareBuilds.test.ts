import { expect, it } from 'vitest';
import { compareBuilds } from './compareBuilds.mjs';

const unit = (...values: number[]) => Float32Array.from(values, (v) => v / Math.hypot(...values));
const row = (file: string, embedding: Float32Array | null) => ({ file, embedding, cropped: embedding, crop: null });
const identity = new Map([
  ['a1', 'a'],
  ['a2', 'a'],
  ['b1', 'b'],
]);
const base = [row('a1', unit(1, 0)), row('a2', unit(1, 0.2)), row('b1', unit(0, 1))];

it('finds no gap and no flip between equals', () => {
  const { builds, largestGraphGap, pictures } = compareBuilds({ x: base, y: base }, 'x', identity, [{ fmr: 0.1, threshold: 1 }]);
  expect({ pictures, largestGraphGap }).toEqual({ pictures: 3, largestGraphGap: 0 });
  expect(builds).toEqual([
    { build: 'y', graphGap: 0, pipelineGap: 0, facesDiffer: 0, flips: [{ fmr: 0.1, pairs: 3, genuine: 1, flipped: 0 }] },
  ]);
});

it('counts the verdict that one turned embedding flips, and its gap', () => {
  const other = [base[0], row('a2', unit(1, 0.6)), base[2]];
  const between = 0.4; // a1–a2: 0.20 before, 0.56 after
  const { builds } = compareBuilds({ x: base, y: other }, 'x', identity, [{ fmr: 0.1, threshold: between }]);
  const cosine = (1 + 0.2 * 0.6) / (Math.hypot(1, 0.2) * Math.hypot(1, 0.6));
  expect(builds[0].graphGap).toBeCloseTo(1 - cosine, 6);
  expect(builds[0].flips![0].flipped).toBe(1);
  const { largestGraphGap } = compareBuilds({ x: base, y: other, z: base }, 'x', identity, [], (build) => build !== 'y');
  expect(largestGraphGap).toBe(0);
});

it('says where only one build finds a face, and leaves a build that saw crops only out of verdicts', () => {
  const blind = [base[0], row('a2', null), base[2]];
  const crops = base.map((one) => ({ ...one, embedding: null }));
  const { builds } = compareBuilds({ x: base, y: blind, z: crops }, 'x', identity, [{ fmr: 0.1, threshold: 1 }]);
  expect(builds[0]).toMatchObject({ facesDiffer: 1, flips: [{ pairs: 1 }] });
  expect(builds[1]).toMatchObject({ build: 'z', pipelineGap: null, flips: null, graphGap: 0 });
});
