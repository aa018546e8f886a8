import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuardedKernels } from '../../../e2e/fixtures/GuardedKernels.js';
import { interpret } from '../../graph/interpret.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { largestOf } from '../fixtures/graphCases.js';
import { BLOCK_OF_EACH, RECOGNIZERS } from '../../../e2e/fixtures/recognizers.js';
import { planGraph } from './planGraph.js';

/** What stays for steps of their own: the batch norms in front of padding. */
const POINTWISE: Record<string, number> = { 'a ResNet with PReLU': 6, 'a block of each': 1 };

const ways: [string, GuardedKernels][] = [];
beforeAll(async () => {
  for (const [build, threads] of [
    ['simd', 1],
    ['relaxed', 1],
    ['simd-threads', 2],
    ['relaxed-threads', 2],
  ] as const)
    ways.push([build, await GuardedKernels.open(build, threads)]);
});
afterAll(async () => {
  for (const [, kernels] of ways) await kernels.close();
});

describe.each(Object.entries({ ...RECOGNIZERS, 'a block of each': BLOCK_OF_EACH }))('%s', (id, make) => {
  it('runs on every build of the kernels, which leave few steps', () => {
    const { graph, input, output, size } = make();
    const random = seededRandom(3);
    const x = Float32Array.from({ length: size * size * 3 }, () => 2 * random() - 1);
    const [expected] = interpret(graph, { [input]: { shape: [1, size, size, 3], values: x } }, [output]);
    const plan = planGraph(graph, size, [output]);
    expect(plan.steps.filter(({ kind }) => kind === 'pointwise')).toHaveLength(POINTWISE[id] ?? 0);
    const largest = largestOf([expected]);
    expect(largest).toBeGreaterThan(0.1);
    for (const [build, kernels] of ways) {
      const [actual] = kernels.run(plan, x, NaN);
      const gap = actual.reduce((most, v, i) => Math.max(most, Math.abs(v - expected.values[i])), 0);
      expect(gap / largest, build).toBeLessThan(1e-5);
    }
  }, 60_000);
});
