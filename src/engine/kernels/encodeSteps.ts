import type { KernelMemory } from './KernelMemory.js';
import { layOut } from './layOut.js';
import type { Plan } from './planGraph.js';
import { wholeOf, type Activation, type Filter, type Step, type Value } from './Step.js';

/** 32-bit words in `Op` of kernels.c. */
export const OP_WORDS = 34;
/** Columns, and rows, that the matrix kernel computes at once. */
const PANEL = 8;
const ROWS = 5;
/** With fewer output positions than this, threads share the columns instead, so that each streams only its part of the weights. */
const MIN_SHARED_POSITIONS = 200;
/** Columns per chunk. */
const COLUMNS = 64;
/** Floats of input that a chunk reads repeatedly: as many as fit in the second-fastest cache. */
const CHUNK_FLOATS = 16_384;

const KINDS = { convolution: 0, depthwise: 1, 'max-pool': 2, mean: 3, pointwise: 4 } as const;
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

/** Writes a plan into memory in the form that kernels.c reads: packed weights, addresses for the values, one `Op` per step. */
export function encodeSteps({ input, steps, outputs }: Plan, memory: KernelMemory): Encoded {
  const { offsets, bytes } = layOut(steps, new Set(outputs.map(({ value }) => value)));
  const inputAddress = memory.allocate(lengthOf(input) * 4 + 16);
  const arena = memory.allocate(bytes);
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
  word(0, 0, chunks, chunk, Number(byColumns), KINDS[step.kind]);
  word(addressOf(input), addressOf(output), output.w, output.h * output.w, output.c, wholeOf(output).c);
  word(input.h, input.w, input.c, window.kh, window.kw, window.stride, window.top, window.left);
  word(filter?.weights ?? 0, filter?.bias ?? 0);
  activation(step.filter?.activation ?? NONE);
  word(residual ? addressOf(residual) : 0, residual?.c ?? 0);
  word(front ? memory.store(front.weights) : 0, front ? memory.store(front.bias) : 0);
  activation(front?.activation ?? NONE);
  return record.buffer;
}

const NONE: Activation = { kind: 'linear', low: 0, high: 0, slope: null };

function chunksOf({ kind, output, input, window, front }: Step): { chunks: number; chunk: number; byColumns: boolean } {
  const positions = output.h * output.w;
  if (kind === 'mean') return { chunks: 1, chunk: 1, byColumns: false };
  if (kind === 'convolution' && !front && positions < MIN_SHARED_POSITIONS) {
    return { chunks: Math.ceil(output.c / COLUMNS), chunk: COLUMNS, byColumns: true };
  }
  const depth = kind === 'convolution' && !front ? window.kh * window.kw * input.c : input.c;
  const rows = Math.min(Math.max(Math.round(CHUNK_FLOATS / depth), 20), 160);
  const chunk = Math.min(Math.ceil(rows / ROWS) * ROWS, positions);
  return { chunks: Math.ceil(positions / chunk), chunk, byColumns: false };
}

/** Bytes for the windows of a chunk, or of all positions if threads share the columns. */
function scratchOf(step: Step): number {
  const { kind, window, input, output, front } = step;
  const { chunk, byColumns } = chunksOf(step);
  if (kind !== 'convolution') return 0;
  return (byColumns ? output.h * output.w : chunk) * (front ? 1 : window.kh * window.kw) * input.c * 4 + 64;
}

function storeFilter({ kind, input, window, output, front }: Step, { weights, bias }: Filter, memory: KernelMemory) {
  if (kind === 'depthwise' || kind === 'pointwise') return { weights: memory.store(weights), bias: memory.store(bias) };
  const depth = front ? input.c : window.kh * window.kw * input.c;
  return { weights: memory.store(panels(weights, depth, output.c)), bias: memory.store(padded(bias, output.c)) };
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
