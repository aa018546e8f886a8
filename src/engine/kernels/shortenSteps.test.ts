import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuardedKernels } from '../../../e2e/fixtures/GuardedKernels.js';
import { computePlan, type Rounding } from '../fixtures/computePlan.js';
import { fuseFronts } from './fuseFronts.js';
import type { KernelBuild } from './kernelBuilds.js';
import { narrowSteps } from './narrowSteps.js';
import type { Plan } from './planGraph.js';
import { clamp } from './planFilter.js';
import { shortenSteps } from './shortenSteps.js';
import { BARE, LINEAR, POINT, type Activation, type Filter, type Step, type Value, type Window } from './Step.js';

interface Shape {
  readonly size: number;
  /** In eights. */
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly high: number;
  readonly seed: number;
  /** The largest depthwise weight. */
  readonly weight: number;
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  size: fc.integer({ min: 1, max: 13 }),
  channels: fc.integer({ min: 1, max: 5 }),
  kernel: fc.constantFrom(1, 2, 3, 3, 3, 5),
  stride: fc.constantFrom(1, 1, 2),
  high: fc.constantFrom(6, 1, 0.1),
  seed: fc.nat(1_000_000),
  weight: fc.constantFrom(0.1, 1, 8),
});

/** Numbers in −1 … 1, the same for the same seed. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

const filled = (length: number, next: () => number, largest: number) => Float32Array.from({ length }, () => next() * largest);

/** Two separable convolutions behind a full one, and a linear one behind them. */
function stepsOf({ size, channels, kernel, stride, high, seed, weight }: Shape, act: Activation = clamp(0, high)) {
  const next = noise(seed);
  const filter = (length: number, c: number, largest: number, activation: Activation): Filter => ({
    weights: filled(length, next, largest),
    bias: filled(c, next, high / 2),
    activation,
  });
  const input: Value = { h: size, w: size, c: 5 };
  const c = 8 * channels;
  const steps: Step[] = [];
  const convolution = (from: Value, columns: number, activation: Activation, largest: number) => {
    const output: Value = { ...from, c: columns };
    steps.push({
      ...BARE,
      kind: 'convolution',
      input: from,
      output,
      window: POINT,
      filter: filter(from.c * columns, columns, largest, activation),
    });
    return output;
  };
  const depthwise = (from: Value, { kh, kw, stride, top, left }: Window) => {
    const [h, w] = [Math.ceil(from.h / stride), Math.ceil(from.w / stride)];
    const output: Value = { h, w, c: from.c };
    const window = { kh, kw, stride, top, left };
    steps.push({ ...BARE, kind: 'depthwise', input: from, output, window, filter: filter(kh * kw * from.c, from.c, weight, act) });
    return output;
  };
  const pad = Math.floor((kernel - 1) / 2);
  let value = convolution(input, c, act, high);
  for (const step of [1, stride]) {
    value = depthwise(value, { kh: kernel, kw: kernel, stride: step, top: pad, left: pad });
    value = convolution(value, c, act, 1);
  }
  value = convolution(value, 3, LINEAR, 1);
  return { input, steps, output: value, picture: filled(size * size * 5, next, 1) };
}

const ALL = { depth: 8, columns: 8 };

function planOf({ input, steps, output }: ReturnType<typeof stepsOf>, bits: 8 | null = 8): Plan {
  const kept = new Set([output]);
  const narrow = bits ? shortenSteps(fuseFronts(narrowSteps(steps, kept, ALL, bits), kept), kept) : steps;
  return { input, steps: narrow, outputs: [{ value: output, sigmoid: false }] };
}

const shortsIn = ({ steps }: Plan) => steps.filter(({ output }) => output.most).length;

describe.each<KernelBuild>(['relaxed', 'relaxed-threads'])('16-bit values between layers on %s', (build) => {
  let kernels: GuardedKernels;
  beforeAll(async () => {
    kernels = await GuardedKernels.open(build, 1);
  });
  afterAll(() => kernels.close());

  it('give to the last bit what the reference makes of them', () => {
    let [shortened, all] = [0, 0];
    fc.assert(
      fc.property(shapes, fc.constantFrom(NaN, 1e30, -1e30), (shape, poison) => {
        const drawn = stepsOf(shape);
        const plan = planOf(drawn);
        all++;
        if (shortsIn(plan) === 2) shortened++;
        const [actual] = kernels.run(plan, drawn.picture, poison);
        const same = (rounding: Rounding) => computePlan(plan, drawn.picture, rounding)[0].every((v, i) => v === actual[i]);
        expect(same('fused') || same('apart')).toBe(true);
      }),
      { numRuns: build === 'relaxed' ? 60 : 20, seed: 1 },
    );
    expect(shortened / all).toBeGreaterThan(0.6);
  }, 30_000);

  it('are near to what floats give', () => {
    const shape = { size: 17, channels: 4, kernel: 3, stride: 2, high: 6, seed: 7, weight: 0.3 };
    const drawn = stepsOf(shape);
    const [actual, exact] = [planOf(drawn), planOf(drawn, null)].map((plan) => kernels.run(plan, drawn.picture, NaN)[0]);
    const largest = exact.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    actual.forEach((v, i) => expect(Math.abs(v - exact[i])).toBeLessThan(0.02 * largest));
  });
});

describe('shortenSteps', () => {
  const shape: Shape = { size: 9, channels: 2, kernel: 3, stride: 1, high: 6, seed: 3, weight: 1 };

  it('leaves floats where an activation has no end, does not begin at 0, or is none', () => {
    expect(shortsIn(planOf(stepsOf(shape)))).toBe(2);
    for (const act of [clamp(0, Infinity), clamp(-1, 6), LINEAR]) expect(shortsIn(planOf(stepsOf(shape, act)))).toBe(0);
  });

  it('leaves floats where a depthwise weight would make the steps of a sum too coarse, or is not finite', () => {
    for (const large of [1e4, NaN, Infinity]) {
      const drawn = stepsOf(shape);
      drawn.steps[1].filter!.weights[0] = large;
      expect(shortsIn(planOf(drawn))).toBe(1);
    }
  });

  it('leaves floats where a sum could leave 32 bits', () => {
    const drawn = stepsOf(shape);
    drawn.steps[2].filter!.weights[0] = 1e9;
    expect(shortsIn(planOf(drawn))).toBe(1);
  });

  it('leaves floats where somebody else reads them, or the channels are no multiple of 8', () => {
    const drawn = stepsOf(shape);
    const [first] = drawn.steps;
    drawn.steps.push({ ...BARE, kind: 'mean', input: first.output, output: { h: 1, w: 1, c: 16 }, window: POINT });
    expect(shortsIn(planOf(drawn))).toBe(1);
    expect(shortsIn(planOf(stepsOf({ ...shape, channels: 1.5 })))).toBe(0);
  });
});
