import { depthOf, type Step } from './Step.js';

/** Rows that the matrix kernels compute at once. */
const ROWS = 5;
/** With fewer output positions than this, threads share the columns instead, so that each streams only its part of the weights. */
const MIN_SHARED_POSITIONS = 200;
/** Columns per chunk. */
const COLUMNS = 64;
/** Floats of input that a chunk reads repeatedly: as many as fit in the second-fastest cache. */
const CHUNK_FLOATS = 16_384;
/**
 * Of products behind a depthwise convolution of shorts, which make their inputs a few rows at a time: positions per chunk at most, and what the
 * chunks are a multiple of, so that two, three and four threads have as many each.
 */
const CHUNK_POSITIONS = 160;
const EVEN = 12;

/** How a step is cut into what threads claim. */
export interface Chunks {
  readonly chunks: number;
  /** Positions in each, or columns. */
  readonly chunk: number;
  readonly byColumns: boolean;
}

export function chunksOf(step: Step): Chunks {
  const { kind, output, input, front } = step;
  const positions = output.h * output.w;
  if (kind === 'mean') return { chunks: 1, chunk: 1, byColumns: false };
  if (sharesColumns(step)) return { chunks: Math.ceil(output.c / COLUMNS), chunk: COLUMNS, byColumns: true };
  // There are few of them, and nothing is read repeatedly.
  if (kind === 'rows') return { chunks: output.h, chunk: output.w, byColumns: false };
  if (kind === 'convolution' && input.most) {
    const chunk = Math.ceil(positions / (EVEN * Math.ceil(positions / (EVEN * CHUNK_POSITIONS))));
    return { chunks: Math.ceil(positions / chunk), chunk, byColumns: false };
  }
  const depth = kind === 'convolution' && !front ? depthOf(step) : input.c;
  const rows = Math.min(Math.max(Math.round(CHUNK_FLOATS / depth), 20), 160);
  const chunk = Math.min(Math.ceil(rows / ROWS) * ROWS, positions);
  return { chunks: Math.ceil(positions / chunk), chunk, byColumns: false };
}

/** Whether the threads share the columns of a step's result, rather than its positions. */
export function sharesColumns({ kind, output, front }: Step): boolean {
  return kind === 'convolution' && !front && output.h * output.w < MIN_SHARED_POSITIONS;
}
