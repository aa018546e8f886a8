import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuardedKernels } from '../../../e2e/fixtures/GuardedKernels.js';
import { seededRandom } from '../../shared/seededRandom.js';
import type { KernelBuild } from './kernelBuilds.js';
import { narrowSteps } from './narrowSteps.js';
import { BARE, LINEAR, POINT, type Step } from './Step.js';

const COLUMNS = 11;

/** A layer whose weights' levels are exactly the given ones: the grid's scale is 1. */
function planOf(depth: number, positions: number, level: (k: number, n: number) => number) {
  const weights = Float32Array.from({ length: depth * COLUMNS }, (_, i) => level(Math.floor(i / COLUMNS), i % COLUMNS));
  const grid = { min: -128, scale: 1, levels: Uint8Array.from(weights, (weight) => weight + 128) };
  const input = { h: 1, w: positions, c: depth };
  const output = { ...input, c: COLUMNS };
  const filter = { weights, bias: new Float32Array(COLUMNS), activation: LINEAR, grid };
  const step: Step = { ...BARE, kind: 'convolution', input, output, window: POINT, filter };
  return { input, steps: narrowSteps([step], new Set(), { depth: 1, columns: 1 }, 8), outputs: [{ value: output, sigmoid: false }] };
}

it('multiplies no 8-bit integers where the largest products would leave 32 bits', () => {
  const deepest = Math.floor((2 ** 31 - 1) / (127 * 128));
  for (const [depth, offsets] of [
    [deepest, true],
    [deepest + 1, false],
  ] as const) {
    const { filter } = planOf(depth, 1, () => -128).steps.at(-1)!;
    expect(filter!.offsets !== undefined).toBe(offsets);
  }
});

describe.each<[KernelBuild, string, boolean]>([
  ['relaxed', 'at once', false],
  ['relaxed', 'in pairs', true],
  ['relaxed-threads', 'in pairs', true],
])('8-bit products on %s, %s', (build, _, inPairs) => {
  let kernels: GuardedKernels;
  beforeAll(async () => {
    kernels = await GuardedKernels.open(build, 1, 0, inPairs);
  });
  afterAll(() => kernels.close());

  it.each([1, 3, 4, 5, 8, 31, 32, 33, 64, 1023])('are exact at the ends of their range, %s inputs deep', (depth) => {
    for (const [first, second] of [
      [-128, -128],
      [127, 127],
      [-128, 127],
    ] as const) {
      const level = (k: number) => (k % 2 === 0 ? first : second);
      const plan = planOf(depth, 7, level);
      expect(plan.steps.length).toBeGreaterThan(0);
      // One step of the inputs is 1 and all are 127, the largest; or every other one is 0.
      const input = Float32Array.from({ length: 7 * depth }, (_, i) => (i < 3 * depth || i % 2 === 0 ? 127 : 0));
      const [results] = kernels.run(plan, input, NaN);
      results.forEach((result, i) => {
        const row = input.subarray(Math.floor(i / COLUMNS) * depth, (Math.floor(i / COLUMNS) + 1) * depth);
        // Whole numbers below 2²⁴ are floats.
        expect(result).toBe(row.reduce((sum, x, k) => sum + x * level(k), 0));
      });
    }
  });

  it.each([
    [84, 2],
    [0, -86],
    [85, 2],
    [64, -64],
    [127, 127],
    [1, -128],
  ])('are exact where 16 bits are nearly full, or would be left (levels %s and %s)', (first, second) => {
    const depth = 72;
    // The first two of four inputs have a lane to themselves: (84 + 2) · 3 · 127 of a run is the most that 16 bits hold.
    const level = (k: number) => [first, second, 0, 0, first, second, 0, 0][k % 8] * (k % 16 < 12 ? 1 : 0);
    const input = Float32Array.from({ length: 19 * depth }, (_, i) => (i < 17 * depth || i % 3 === 0 ? 127 : 0));
    const [results] = kernels.run(planOf(depth, 19, level), input, NaN);
    results.forEach((result, i) => {
      const row = input.subarray(Math.floor(i / COLUMNS) * depth, (Math.floor(i / COLUMNS) + 1) * depth);
      expect(result).toBe(row.reduce((sum, x, k) => sum + x * level(k), 0));
    });
  });

  it('keep negative inputs: what 0 stands for is the least', () => {
    const depth = 13;
    const level = (k: number, n: number) => ((k * 37 + n * 11) % 256) - 128;
    const input = Float32Array.from({ length: 2 * depth }, (_, i) => (i < depth ? i - 6 : 100 - 7 * (i % depth)));
    // Ranges of 127, whose steps are 1.
    input[0] = -63;
    input[12] = 64;
    input[depth] = -27;
    input[depth + 1] = 100;
    const [results] = kernels.run(planOf(depth, 2, level), input, NaN);
    results.forEach((result, i) => {
      const row = input.subarray(Math.floor(i / COLUMNS) * depth, (Math.floor(i / COLUMNS) + 1) * depth);
      expect(result).toBeCloseTo(
        row.reduce((sum, x, k) => sum + x * level(k, i % COLUMNS), 0),
        1,
      );
    });
  });
});

describe('runs', () => {
  let kernels: GuardedKernels;
  beforeAll(async () => {
    kernels = await GuardedKernels.open('relaxed', 1);
  });
  afterAll(() => kernels.close());

  /** The most that inputs of 127 may make of a run of so many fours of weights, up or down. */
  function largestSum(weights: Int8Array, depth: number, fours: number): number {
    let largest = 0;
    for (let column = 0; column < 8; column++) {
      for (const pair of [0, 2]) {
        for (let from = 0; from < depth / 4; from += fours) {
          const run = Array.from({ length: Math.min(fours, depth / 4 - from) }, (_, i) => (from + i) * 32 + column * 4 + pair);
          const levels = run.flatMap((at) => [weights[at], weights[at + 1]]);
          for (const sign of [1, -1]) largest = Math.max(largest, 127 * levels.reduce((sum, level) => sum + Math.max(0, sign * level), 0));
        }
      }
    }
    return largest;
  }

  it('says how many fours of products 16 bits hold, whatever the inputs', () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 128 }),
        fc.nat(),
        (eights, panels, most, seed) => {
          const depth = 8 * eights;
          const random = seededRandom(seed);
          const weights = Int8Array.from({ length: panels * depth * 8 }, () => Math.floor(random() * 2 * most) - most);
          const expected = Array.from({ length: panels }, (_, i) => {
            const panel = weights.subarray(i * depth * 8, (i + 1) * depth * 8);
            return [4, 2].find((fours) => largestSum(panel, depth, fours) <= 32_767) ?? 1;
          });
          expected.forEach((run) => seen.add(run));
          expect(kernels.runsOf(weights, depth)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual([1, 2, 4]);
  });

  it.each([
    [[127, 127, 4, 0], 4],
    [[127, 127, 5, 0], 2],
    [[-128, -128, -2, 0], 4],
    [[-128, -128, -3, 0], 2],
  ])('knows the edge: %s', (levels, expected) => {
    // All four in one pair of a run of four, that of the last column.
    const weights = new Int8Array(16 * 8);
    levels.forEach((level, i) => (weights[(i >> 1) * 64 + 30 + (i & 1)] = level));
    expect(kernels.runsOf(weights, 16)).toEqual([expected]);
  });
});
