import type { KernelMemory } from './KernelMemory.js';
import { byteLevel, type ByteColumns } from './byteColumns.js';
import { chunksOf } from './chunksOf.js';
import { layOut } from './layOut.js';
import type { Plan } from './planGraph.js';
import { shortTaps } from './shortTaps.js';
import { bitsOf, depthOf, levelsOf, rowBytes, unitsOf, wholeOf, type Activation, type Filter, type Step, type Value } from './Step.js';

/** 32-bit words in `Op` of kernels.c. */
export const OP_WORDS = 41;
/** Columns that the matrix kernels compute at once. */
const PANEL = 8;
const PANEL_BITS = 3;

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

/**
 * Writes a plan into memory in the form that kernels.c reads: packed weights, addresses for the values, one `Op` per step.
 * @param reserve gives a place for so many bytes of values, which need to last for one run only
 */
export function encodeSteps(
  { input, steps, outputs }: Plan,
  memory: KernelMemory,
  reserve: (bytes: number) => number = (bytes) => memory.allocate(bytes),
): Encoded {
  const { offsets, bytes } = layOut(steps, new Set(outputs.map(({ value }) => value)));
  const inputAddress = memory.allocate(lengthOf(input) * 4 + 16);
  const arena = reserve(bytes);
  const placeOf = (whole: Value): number => (whole === input ? inputAddress : arena + offsets.get(whole)!);
  const addressOf = (value: Value): number => placeOf(wholeOf(value)) + (value.part?.first ?? 0) * 4;
  const records = steps.map((step) => encode(step, memory, addressOf));
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

function encode(step: Step, memory: KernelMemory, addressOf: (value: Value) => number): ArrayBuffer {
  const { input, output, window, residual, front } = step;
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
  activation(step.filter?.activation ?? NONE);
  word(residual ? addressOf(residual) : 0, residual?.c ?? 0);
  if (front && input.most) word(storeTaps(shortTaps(front, input.most)!, memory), 0);
  else word(front ? memory.store(front.weights) : 0, front ? memory.store(front.bias) : 0);
  activation(front?.activation ?? NONE);
  return record.buffer;
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

const NONE: Activation = { kind: 'linear', low: 0, high: 0, slope: null };

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

function storeFilter(step: Step, { weights, bias, scales, offsets }: Filter, memory: KernelMemory) {
  const { kind, output } = step;
  if (kind === 'depthwise' || kind === 'pointwise') return { weights: memory.store(weights), bias: memory.store(bias), scales: 0 };
  const depth = depthOf(step);
  if (scales && offsets) {
    const units = output.most ? unitsOf(output.most) : 1;
    // What is rounded down later is rounded to the nearest so.
    const biases = output.most ? bias.map((b) => b * units + 0.5) : bias;
    return { ...storeBytes(weights, depth, { scales, offsets }, units, memory), bias: memory.store(padded(biases, output.c)) };
  }
  return {
    weights: scales ? storeLevels(weights, depth, scales, memory) : memory.store(panels(weights, depth, output.c)),
    bias: memory.store(padded(bias, output.c)),
    scales: scales ? memory.store(padded(scales, output.c)) : 0,
  };
}

/** [K][N] → [N / 8, rounded up][K / 2, rounded up to a multiple of 4][8][2] levels. */
function storeLevels(weights: Float32Array, K: number, scales: Float32Array, memory: KernelMemory): number {
  const N = scales.length;
  const length = levelsOf(K);
  const address = memory.allocate(Math.ceil(N / PANEL) * PANEL * length * 2);
  const out = memory.shorts(address, Math.ceil(N / PANEL) * PANEL * length).fill(0);
  // Whatever is divided by this becomes 0.
  const steps = scales.map((scale) => (scale > 0 ? scale : Infinity));
  for (let k = 0; k < K; k++) storeRow(weights.subarray(k * N, k * N + N), steps, out, (k >> 1) * 2 * PANEL + (k & 1), length * PANEL);
  return address;
}

/**
 * The levels of one row of weights, two apart in each panel. A start waits for millions of these, and `Math.round` takes three times as long as
 * rounding a positive number down; which gives the same, since no quotient of two floats lies that near to a half without being one.
 * @param at where the first panel's begin
 * @param panel from one panel's to the next one's
 */
function storeRow(row: Float32Array, steps: Float32Array, out: Int16Array, at: number, panel: number): void {
  for (let n = 0; n < row.length; n++) {
    out[at + (n >> PANEL_BITS) * panel + (n & (PANEL - 1)) * 2] = ((row[n]! / steps[n]! + 32_768.5) | 0) - 32_768;
  }
}

/**
 * [K][N] → levels [N / 8, rounded up][K / 4, rounded up to an even number][8][4], and [N / 8, rounded up][scale, offset, Σ weights][8].
 * @param units what the latter are multiplied by
 */
function storeBytes(weights: Float32Array, K: number, { scales, offsets }: ByteColumns, units: number, memory: KernelMemory) {
  const N = scales.length;
  const panels = Math.ceil(N / PANEL);
  const length = levelsOf(K);
  const address = memory.allocate(panels * PANEL * length);
  const out = memory.signedBytes(address, panels * PANEL * length).fill(0);
  const sums = new Int32Array(N);
  // Whatever is divided by this becomes 0.
  const steps = scales.map((scale) => (scale > 0 ? scale : Infinity));
  for (let k = 0; k < K; k++) {
    const row = weights.subarray(k * N, k * N + N);
    storeByteRow(row, steps, offsets, out.subarray((k >> 2) * 4 * PANEL + (k & 3)), length * PANEL, sums);
  }
  const columns = new Float32Array(panels * 3 * PANEL);
  sums.forEach((sum, n) => {
    const first = (n >> PANEL_BITS) * 3 * PANEL + (n & (PANEL - 1));
    columns[first] = scales[n]! * units;
    columns[first + PANEL] = offsets[n]! * units;
    columns[first + 2 * PANEL] = (sum * scales[n]! + K * offsets[n]!) * units;
  });
  return { weights: address, scales: memory.store(columns) };
}

/** The same as `storeRow`, four apart, and added to the columns' sums. */
function storeByteRow(
  row: Float32Array,
  steps: Float32Array,
  offsets: Float32Array,
  out: Int8Array,
  panel: number,
  sums: Int32Array,
): void {
  for (let n = 0; n < row.length; n++) {
    const level = byteLevel(row[n]!, steps[n]!, offsets[n]!);
    out[(n >> PANEL_BITS) * panel + (n & (PANEL - 1)) * 4] = level;
    sums[n] = sums[n]! + level;
  }
}

/** [K][N] → [N / 8, rounded up][K][8]. */
function panels(weights: Float32Array, K: number, N: number): Float32Array {
  const out = new Float32Array(Math.ceil(N / PANEL) * K * PANEL);
  let at = 0;
  for (let first = 0; first < N; first += PANEL) {
    const width = Math.min(PANEL, N - first);
    for (let k = 0; k < K; k++, at += PANEL) {
      for (let n = 0; n < width; n++) out[at + n] = weights[k * N + first + n]!;
    }
  }
  return out;
}

function padded(values: Float32Array, length: number): Float32Array {
  const out = new Float32Array(Math.ceil(length / PANEL) * PANEL);
  out.set(values);
  return out;
}

function lengthOf({ h, w, c }: Value): number {
  return h * w * c;
}
