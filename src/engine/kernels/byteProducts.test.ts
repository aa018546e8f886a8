import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuardedKernels } from '../../../e2e/fixtures/GuardedKernels.js';
import type { KernelBuild } from './kernelBuilds.js';
import { narrowSteps } from './narrowSteps.js';
import { BARE, LINEAR, POINT, type Step } from './Step.js';

const COLUMNS = 11;

/** A layer whose weights' levels are exactly the given ones: the grid's scale is 1. */
function planOf(depth: number, positions: number, level: (k: number, n: number) => number) {
  const weights = Float32Array.from({ length: depth * COLUMNS }, (_, i) => level(Math.floor(i / COLUMNS), i % COLUMNS));
  const input = { h: 1, w: positions, c: depth };
  const output = { ...input, c: COLUMNS };
  const filter = { weights, bias: new Float32Array(COLUMNS), activation: LINEAR, grid: { min: -128, scale: 1 } };
  const step: Step = { ...BARE, kind: 'convolution', input, output, window: POINT, filter };
  return { input, steps: narrowSteps([step], new Set(), { depth: 1, columns: 1 }, 8), outputs: [{ value: output, sigmoid: false }] };
}

describe.each<KernelBuild>(['relaxed', 'relaxed-threads'])('8-bit products on %s', (build) => {
  let kernels: GuardedKernels;
  beforeAll(async () => {
    kernels = await GuardedKernels.open(build, 1);
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
