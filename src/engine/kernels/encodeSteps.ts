import type { KernelExports } from './kernelBuilds.js';
import type { KernelMemory } from './KernelMemory.js';
import { chunksOf } from './chunksOf.js';
import { layOut } from './layOut.js';
import type { Plan } from './planGraph.js';
import { padded, PANEL, storeFilter } from './storeFilter.js';
import { bitsOf, depthOf, levelsOf, LINEAR, rowBytes, unitsOf, wholeOf, type Activation, type Step, type Value } from './Step.js';

/** 32-bit words in `Op` of kernels.c. */
export const OP_WORDS = 42;

const KINDS = { convolution: 0, depthwise: 1, 'max-pool': 2, mean: 3, pointwise: 4, rows: 5 } as const;
const ACTIVATIONS = { linear: 0, clamp: 1, prelu: 2 } as const;

export interface Encoded {
  /** Byte address of the ops. */
  readonly ops: number;
  readonly count: number;
  /** Byte address of the input, [size, size, 3]. */
  readonly input: number;
  readonly outputs: readonly { readonly address: number; readonly length: number; readonly sigmoid: boolean }[];
  /** Bytes that each thread needs for windows. */
  readonly scratch: number;
}

export interface Encoding {
  /** Gives a place for so many bytes of values, which need to last for one run only. */
  readonly reserve?: (bytes: number) => number;
  /** The kernels' own: where 8-bit products are added up in pairs. */
  readonly runs?: NonNullable<KernelExports['runs']>;
}

/**
 * Writes a plan into memory in the form that kernels.c reads: packed weights, addresses for the values, one `Op` per step.
 */
export function encodeSteps(
  { input, steps, outputs }: Plan,
  memory: KernelMemory,
  { reserve = (bytes) => memory.allocate(bytes), runs }: Encoding = {},
): Encoded {
  const { offsets, bytes } = layOut(steps, new Set(outputs.map(({ value }) => value)));
  const inputAddress = memory.allocate(lengthOf(input) * 4 + 16);
  const arena = reserve(bytes);
  const placeOf = (whole: Value): number => (whole === input ? inputAddress : arena + offsets.get(whole)!);
  const addressOf = (value: Value): number => placeOf(wholeOf(value)) + (value.part?.first ?? 0) * 4;
  const records = steps.map((step) => encode(step, memory, addressOf, runs));
  const ops = memory.allocate(records.length * OP_WORDS * 4);
  records.forEach((record, i) => new Uint8Array(memory.memory.buffer, ops + i * OP_WORDS * 4, OP_WORDS * 4).set(new Uint8Array(record)));
  return {
    ops,
    count: steps.length,
    input: inputAddress,
    outputs: outputs.map(({ value, sigmoid }) => ({ address: addressOf(value), length: lengthOf(value), sigmoid })),
    scratch: Math.max(0, ...steps.map(scratchOf)),
  };
}

function encode(step: Step, memory: KernelMemory, addressOf: (value: Value) => number, runs: Encoding['runs']): ArrayBuffer {
  const { input, output, window, residual, front, taps } = step;
  const { chunks, chunk, byColumns } = chunksOf(step);
  const record = new DataView(new ArrayBuffer(OP_WORDS * 4));
  let at = 0;
  const word = (...values: number[]) => values.forEach((v) => record.setInt32((at += 4) - 4, v, true));
  const activation = ({ kind, low, high, slope }: Activation) => {
    word(ACTIVATIONS[kind]);
    for (const v of [low, high]) record.setFloat32((at += 4) - 4, v, true);
    word(slope ? memory.store(padded(slope, slope.length)) : 0);
  };
  const filter = step.filter && storeFilter(step, step.filter, memory);
  word(0, 0, 0, 0, 0, chunks, chunk, Number(byColumns), KINDS[step.kind]);
  word(addressOf(input), addressOf(output), output.w, output.h * output.w, output.c, wholeOf(output).c);
  word(input.h, input.w, input.c, window.kh, window.kw, window.stride, window.top, window.left);
  word(filter?.weights ?? 0, filter?.bias ?? 0, filter?.scales ?? 0);
  word(output.rows ?? bitsOf(step.filter), kindOf(input));
  record.setFloat32((at += 4) - 4, output.most ? unitsOf(output.most) : 0, true);
  activation(step.filter?.activation ?? LINEAR);
  word(residual ? addressOf(residual) : 0, residual?.c ?? 0);
  if (taps) word(storeTaps(taps, memory), 0);
  else word(front ? memory.store(front.weights) : 0, front ? memory.store(front.bias) : 0);
  activation(front?.activation ?? LINEAR);
  word(runs && step.filter?.offsets ? storeRuns(step, filter!.weights, memory, runs) : 0);
  return record.buffer;
}

function storeRuns(step: Step, weights: number, memory: KernelMemory, runs: NonNullable<Encoding['runs']>): number {
  const panels = Math.ceil(step.output.c / PANEL);
  const address = memory.allocate(panels);
  runs(weights, levelsOf(depthOf(step)), panels, address);
  return address;
}

function kindOf({ rows, most }: Value): number {
  if (rows) return 1;
  return most ? 2 : 0;
}

function storeTaps(taps: Int16Array, memory: KernelMemory): number {
  const address = memory.allocate(taps.byteLength);
  memory.shorts(address, taps.length).set(taps);
  return address;
}

/** Rows of shorts that are made before they become 8-bit ones. */
const AT_ONCE = 4;

/** Bytes for what the results of a chunk are made of, or all results if threads share the columns; as floats, and as rows of integers. */
function scratchOf(step: Step): number {
  const { kind, input, output, filter } = step;
  const { chunk, byColumns } = chunksOf(step);
  if ((kind !== 'convolution' && kind !== 'rows') || input.rows) return 0;
  const depth = depthOf(step);
  const bits = bitsOf(filter);
  const positions = byColumns ? output.h * output.w : chunk;
  const integers = bits === 0 ? 0 : positions * rowBytes(depth, bits);
  return (input.most ? AT_ONCE * depth * 2 : positions * depth * 4) + integers + 128;
}

function lengthOf({ h, w, c }: Value): number {
  return h * w * c;
}
