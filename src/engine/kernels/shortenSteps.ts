import { shortTaps } from './shortTaps.js';
import { depthOf, readersOf, unitsOf, type Activation, type Filter, type Step, type Value } from './Step.js';

/** Eight channels at a time. */
const CHANNELS = 8;
/** Sums become 32-bit integers; half of that leaves room for rounding. */
const LARGEST_SUM = 2 ** 30;

/**
 * Lets what convolutions write for depthwise ones be 16-bit integers, where those make 8-bit rows of it. Both have to end at 0 and at some
 * number, as ReLU6 does: nothing has to be calibrated then.
 * @param kept whole values that are read after the run
 */
export function shortenSteps(steps: readonly Step[], kept: ReadonlySet<Value>): Step[] {
  const shorts = new Map<Value, Value>();
  const tapsOf = new Map<Step, Int16Array>();
  const readersOfAll = readersOf(steps);
  for (const maker of steps) {
    const { output, filter } = maker;
    const most = endOf(filter?.activation);
    if (maker.kind !== 'convolution' || !most || kept.has(output) || output.part || output.c % CHANNELS > 0 || maker.residual) continue;
    const readers = [...(readersOfAll.get(output) ?? [])];
    if (readers.length === 0 || !readers.every((step) => makesBytes(step, output)) || !isBounded(maker, steps, most)) continue;
    const taps = readers.map(({ front }) => shortTaps(front!, most));
    if (taps.includes(null)) continue;
    readers.forEach((step, i) => tapsOf.set(step, taps[i]!));
    shorts.set(output, { ...output, most });
  }
  return steps.map((step) => {
    const taps = tapsOf.get(step);
    const places = { input: shorts.get(step.input) ?? step.input, output: shorts.get(step.output) ?? step.output };
    return { ...step, ...places, ...(taps && { taps }) };
  });
}

/** The end of an activation that begins at 0; 0 if it has none, or one that no network has. */
function endOf(activation: Activation | undefined): number {
  if (activation?.kind !== 'clamp' || activation.low !== 0) return 0;
  return activation.high > 2 ** -10 && activation.high < 2 ** 20 ? activation.high : 0;
}

function makesBytes({ kind, input, output, filter, front, residual }: Step, value: Value): boolean {
  const bytes = kind === 'rows' ? output.rows === 8 : kind === 'convolution' && filter?.offsets !== undefined;
  return bytes && input === value && residual !== value && endOf(front?.activation) > 0;
}

/** Whether no result before the activation is too large for a 32-bit integer in units of shorts. Floats are clamped before. */
function isBounded(maker: Step, steps: readonly Step[], most: number): boolean {
  const { filter, input } = maker;
  if (!filter?.offsets) return filter?.scales === undefined;
  // What the inputs end at.
  const rows = input.rows ? steps.find(({ output }) => output === input) : maker;
  const end = endOf(rows?.front?.activation);
  return end > 0 && largestSum(filter, depthOf(maker), end) * unitsOf(most) < LARGEST_SUM;
}

/** A bound for a result, and for what it is added up of. */
function largestSum({ scales, offsets, bias }: Filter, depth: number, end: number): number {
  return bias.reduce((most, b, n) => Math.max(most, Math.abs(b) + depth * end * (Math.abs(offsets![n]!) + 128 * scales![n]!)), 0);
}
