import { valuesOfLevels } from '../../graph/floatsOfLevels.js';
import { byteLevel } from './byteColumns.js';
import type { KernelMemory } from './KernelMemory.js';
import { packLevels } from './packLevels.js';
import { packShorts } from './packShorts.js';
import { zeroOf } from './shortColumns.js';
import { withoutTiny } from './tiny.js';
import { depthOf, levelsOf, unitsOf, type Filter, type Step } from './Step.js';

/** Columns that the matrix kernels compute at once. */
export const PANEL = 8;
const PANEL_BITS = 3;

/** Packs a filter into memory as the kernels read it; the addresses of its parts, 0 for what it has not. */
export function storeFilter(step: Step, filter: Filter, memory: KernelMemory): { weights: number; bias: number; scales: number } {
  const { kind, output } = step;
  const { bias, scales, offsets } = filter;
  if (kind === 'depthwise' || kind === 'pointwise') return { weights: memory.store(filter.weights), bias: memory.store(bias), scales: 0 };
  const depth = depthOf(step);
  if (scales && offsets) {
    const units = output.most ? unitsOf(output.most) : 1;
    // What is rounded down later is rounded to the nearest so.
    const biases = output.most ? bias.map((b) => b * units + 0.5) : bias;
    return { ...storeBytes(filter, depth, scales, offsets, units, memory), bias: memory.store(padded(biases, output.c)) };
  }
  return {
    weights: scales ? storeLevels(filter, depth, scales, memory) : storePanels(filter, depth, output.c, memory),
    bias: memory.store(padded(bias, output.c)),
    scales: scales ? memory.store(padded(scales, output.c)) : 0,
  };
}

/** [K][N] → [N / 8, rounded up][K / 2, rounded up to a multiple of 4][8][2] levels. */
function storeLevels(filter: Filter, K: number, scales: Float32Array, memory: KernelMemory): number {
  const N = scales.length;
  const length = levelsOf(K);
  const address = memory.allocate(Math.ceil(N / PANEL) * PANEL * length * 2);
  const out = memory.shorts(address, Math.ceil(N / PANEL) * PANEL * length).fill(0);
  const { grid } = filter;
  if (grid && K % 2 === 0 && N % 2 === 0) {
    packShorts(grid.levels, K, N, zeroOf(grid), out);
    return address;
  }
  const { weights } = filter;
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
function storeBytes(filter: Filter, K: number, scales: Float32Array, offsets: Float32Array, units: number, memory: KernelMemory) {
  const N = scales.length;
  const panels = Math.ceil(N / PANEL);
  const length = levelsOf(K);
  const address = memory.allocate(panels * PANEL * length);
  const out = memory.signedBytes(address, panels * PANEL * length).fill(0);
  const sums = new Int32Array(N);
  const levels = filter.grid?.levels;
  if (levels && K % 4 === 0 && N % 2 === 0) packLevels(levels, K, filter.center!, memory.shorts(address, out.length / 2), sums);
  else {
    const { weights } = filter;
    // Whatever is divided by this becomes 0.
    const steps = scales.map((scale) => (scale > 0 ? scale : Infinity));
    for (let k = 0; k < K; k++) {
      const row = weights.subarray(k * N, k * N + N);
      storeByteRow(row, steps, offsets, out.subarray((k >> 2) * 4 * PANEL + (k & 3)), length * PANEL, sums);
    }
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
function storePanels(filter: Filter, K: number, N: number, memory: KernelMemory): number {
  const length = Math.ceil(N / PANEL) * K * PANEL;
  const address = memory.allocate(length * 4);
  const out = memory.floats(address, length).fill(0);
  const { grid } = filter;
  if (grid) {
    placeLevels(grid.levels, valuesOfLevels(grid).map(withoutTiny), K, N, out);
    return address;
  }
  const { weights } = filter;
  let at = 0;
  for (let first = 0; first < N; first += PANEL) {
    const width = Math.min(PANEL, N - first);
    for (let from = first; from < K * N; from += N, at += PANEL) {
      for (let n = 0; n < width; n++) out[at + n] = weights[from + n]!;
    }
  }
  memory.flush(address, length);
  return address;
}

/** The same order, of what stored levels stand for: millions of floats need not be made, and then looked at, first. */
function placeLevels(levels: Uint8Array, values: Float32Array, K: number, N: number, out: Float32Array): void {
  let at = 0;
  for (let first = 0; first < N; first += PANEL) {
    const width = Math.min(PANEL, N - first);
    for (let from = first; from < K * N; from += N, at += PANEL) {
      for (let n = 0; n < width; n++) out[at + n] = values[levels[from + n]!]!;
    }
  }
}

/** With zeros up to a whole number of panels. */
export function padded(values: Float32Array, length: number): Float32Array {
  const out = new Float32Array(Math.ceil(length / PANEL) * PANEL);
  out.set(values);
  return out;
}
