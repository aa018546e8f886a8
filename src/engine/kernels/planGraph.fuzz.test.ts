import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuardedKernels, TooLarge } from '../../../e2e/fixtures/GuardedKernels.js';
import type { Graph, Tensor } from '../../graph/Graph.js';
import { interpret } from '../../graph/interpret.js';
import { orderNodes } from '../../graph/orderNodes.js';
import { readGraph } from '../../graph/readGraph.js';
import { sizeOf } from '../../graph/sizeOf.js';
import type { Arithmetic } from '../../shared/Arithmetic.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { computePlan, type Rounding } from '../fixtures/computePlan.js';
import { damagedGraphs, type DamagedGraph } from '../fixtures/damagedGraphs.js';
import { graphCases, largestOf } from '../fixtures/graphCases.js';
import type { KernelBuild } from './kernelBuilds.js';
import type { LeastProduct } from './narrowSteps.js';
import { planGraph, type Plan } from './planGraph.js';
import { UnsupportedGraph } from './UnsupportedGraph.js';

/** Graphs of each kind; `npm run fuzz:kernels` sets more, and another seed. */
const GRAPHS = Number(process.env.VISAVIS_FUZZ_GRAPHS ?? 300);
const RUNS = { numRuns: GRAPHS, seed: Number(process.env.VISAVIS_FUZZ_SEED ?? 1) };
const NO_LIMIT = 12 * 3_600_000;

/** The third and the last count on helpers that never come, and do their shares too. */
const WAYS: readonly [KernelBuild, threads: 1 | 2, promised?: number, inPairs?: boolean][] = [
  ['simd', 1],
  ['relaxed', 1],
  ['simd-threads', 1, 4],
  ['relaxed-threads', 1, 0, true],
  ['simd-threads', 2],
  ['relaxed-threads', 2, 2],
];
interface Way {
  readonly name: string;
  readonly kernels: GuardedKernels;
}
const ways: Way[] = [];
const relaxed: Way[] = [];

beforeAll(async () => {
  for (const [build, threads, promised, inPairs] of WAYS)
    ways.push({ name: `${build}, threads: ${threads}`, kernels: await GuardedKernels.open(build, threads, promised, inPairs) });
  relaxed.push(...ways.filter(({ name }) => name.startsWith('relaxed')));
});
afterAll(async () => {
  for (const { kernels } of ways) await kernels.close();
});

/** What memory is full of before a run: what a clamp hides of one shows with another. */
const poisons = fc.constantFrom(NaN, 1e30, -1e30);

type How = [Arithmetic, LeastProduct?];
/** Everything in integers but what comes out in the end. */
const ALL: LeastProduct = { depth: 4, columns: 1 };

/** Null where the kernels leave the graph to TensorFlow.js. */
function planned(graph: Graph, size: number, outputs: readonly string[], ...how: How): Plan | null {
  try {
    return planGraph(graph, size, outputs, ...how);
  } catch (error) {
    if (error instanceof UnsupportedGraph) return null;
    throw error;
  }
}

function expectAlike(actual: Float32Array, reference: Tensor, slack: number, what: string): void {
  const expected = reference.values;
  expect(actual.length).toBe(expected.length);
  const limit = 1e-4 * largestOf([reference]) + slack;
  const wrong = actual.findIndex((v, i) => !(Math.abs(v - expected[i]) <= limit));
  expect(wrong, `${what}: value ${wrong} is ${actual[wrong]}, not ${expected[wrong]}`).toBe(-1);
}

describe('the planner', () => {
  it(
    'has every graph computed on every build as the reference computes it, whatever lies in memory before',
    () => {
      let accepted = 0;
      fc.assert(
        fc.property(graphCases, poisons, ({ graph, size, outputs, input, expected, largest }, poison) => {
          const plan = planned(graph, size, outputs, 'float32');
          if (!plan) return;
          accepted++;
          for (const { name, kernels } of ways) {
            const results = kernels.run(plan, input, poison);
            // Where large numbers cancel each other out, little is left but what was lost by rounding them.
            results.forEach((values, i) => expectAlike(values, expected[i], 1e-5 * largest, `${name}: ${outputs[i]}`));
          }
        }),
        RUNS,
      );
      if (GRAPHS > 300) console.log(`${accepted} of ${GRAPHS} graphs computed on ${ways.length} builds, the others left to TensorFlow.js`);
      expect(accepted / GRAPHS).toBeGreaterThan(0.5);
    },
    NO_LIMIT,
  );

  it.each([
    ['int16', ways, 5e-3],
    ['int8', relaxed, 0.1],
  ] as const)(
    'has integers multiplied, %s, on every build that can, to the last bit, as the reference multiplies them',
    (arithmetic, ways, slack) => {
      const roundings = ways.map(({ name, kernels }) => (name.startsWith('relaxed') ? roundingOf(kernels) : 'apart'));
      let narrowed = 0;
      fc.assert(
        fc.property(graphCases, poisons, ({ graph, size, outputs, input, expected, largest }, poison) => {
          const plan = planned(graph, size, outputs, arithmetic, ALL);
          if (!plan?.steps.some(({ filter }) => filter?.scales)) return;
          narrowed++;
          const computed = { fused: computePlan(plan, input, 'fused'), apart: computePlan(plan, input, 'apart') };
          for (const [i, { name, kernels }] of ways.entries()) {
            const results = kernels.run(plan, input, poison);
            results.forEach((values, j) => {
              expectSame(values, computed[roundings[i]][j], plan.outputs[j].sigmoid, `${name}: ${outputs[j]}`);
              expectAlike(values, expected[j], slack * largest, `${name}: ${outputs[j]}, rounded`);
            });
          }
        }),
        { ...RUNS, numRuns: Math.ceil(GRAPHS / 4) },
      );
      if (GRAPHS > 300) console.log(`${narrowed} graphs computed in integers, ${arithmetic}`);
      expect(narrowed / GRAPHS).toBeGreaterThan(0.1);
    },
    NO_LIMIT,
  );

  it(
    'refuses damaged graphs with an error that names the cause, or computes what the reference computes of them',
    () => {
      const counts = { refused: 0, unsupported: 0, computed: 0, larger: 0 };
      fc.assert(
        fc.property(damagedGraphs, poisons, (damaged, poison) => {
          counts[outcomeOf(damaged, poison)]++;
        }),
        RUNS,
      );
      if (GRAPHS > 300) console.log(`of ${GRAPHS} damaged graphs: ${JSON.stringify(counts)}`);
      expect(counts.refused).toBeGreaterThan(GRAPHS / 20);
      expect(counts.computed).toBeGreaterThan(GRAPHS / 20);
    },
    NO_LIMIT,
  );
});

/** How often this processor rounds where the builds with relaxed SIMD multiply and add. */
function roundingOf(kernels: GuardedKernels): Rounding {
  const weights = new Map([['w', { shape: [1, 1, 3, 1], values: Float32Array.of(-1, 1 + 2 ** -12, 0) }]]);
  const conv = { name: 'y', op: 'Conv2D', inputs: ['x', 'w'], attributes: { strides: [1, 1, 1, 1], padding: 'SAME' } };
  const nodes = new Map([{ name: 'x', op: 'Placeholder', inputs: [], attributes: {} }, conv].map((node) => [node.name, node]));
  // (1 + 2⁻¹²)² has a bit more than a float has room for.
  const input = Float32Array.of(1 + 2 ** -11, 1 + 2 ** -12, 0);
  const plan = planGraph({ nodes, weights }, 1, ['y'], 'float32');
  return kernels.run(plan, input, 0)[0][0] === 0 ? 'apart' : 'fused';
}

/** A sigmoid is computed when a result is read, in double precision. */
function expectSame(actual: Float32Array, expected: Float32Array, sigmoid: boolean, what: string): void {
  const wanted = sigmoid ? expected.map((v) => 1 / (1 + Math.exp(-v))) : expected;
  expect(actual.length).toBe(wanted.length);
  // Zeros may have either sign.
  const wrong = actual.findIndex((v, i) => v !== wanted[i]);
  expect(wrong, `${what}: value ${wrong} is ${actual[wrong]}, not ${wanted[wrong]}`).toBe(-1);
}

function outcomeOf({ files, size, outputs }: DamagedGraph, poison: number): 'refused' | 'unsupported' | 'computed' | 'larger' {
  let results: Float32Array[];
  let graph: Graph;
  let input: Float32Array;
  try {
    graph = readGraph(files);
    const plan = planGraph(graph, size, outputs, 'float32');
    input = Float32Array.from({ length: Math.min(sizeOf([size, size, 3]), 20_000) }, (_, i) => Math.sin(i));
    const all = ways.slice(0, 2).map(({ kernels }) => kernels.run(plan, input, poison));
    results = all[0]!;
  } catch (error) {
    if (error instanceof VisavisError && error.code === 'model-corrupt') return 'refused';
    if (error instanceof UnsupportedGraph) return 'unsupported';
    if (error instanceof TooLarge) return 'larger';
    throw error;
  }
  const x = [...graph.nodes.values()].find(({ op }) => op === 'Placeholder')?.name ?? 'none';
  const names = orderNodes(graph, outputs)
    .map(({ name }) => name)
    .filter((name) => !graph.weights.has(name));
  const [expected, everything] = [outputs, names].map((wanted) =>
    interpret(graph, { [x]: { shape: [1, size, size, 3], values: input } }, wanted),
  );
  const largest = largestOf(everything);
  // Damaged weights may be any numbers; beyond these, rounding decides.
  if (largest < 1e6) results.forEach((values, i) => expectAlike(values, expected[i], 1e-5 * largest, outputs[i]));
  return 'computed';
}
