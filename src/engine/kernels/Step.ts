import type { Grid } from '../../graph/Graph.js';

/** A picture of activations, [h, w, c] float32 unless `rows` says otherwise, at some point during a run. */
export interface Value {
  readonly h: number;
  readonly w: number;
  /** Channels. */
  readonly c: number;
  /** Set if the value has no memory of its own, but is the channels from `first` on of another value. Such a value is only ever written. */
  readonly part?: { readonly of: Value; readonly first: number };
  /** Set if the value is another one, a whole, seen in another shape. Such a value is only ever read. */
  readonly view?: Value;
  /**
   * Set if the value is rows of integers of so many bits, one row for each position, and behind them what they stand for. A `rows` step writes
   * such a value, and convolutions read it.
   */
  readonly rows?: 8 | 16;
  /** Set if the value is 16-bit integers of which 0 … 32,767 stand for 0 … `most`. Its channels are a multiple of 8. */
  readonly most?: number;
}

export interface Activation {
  readonly kind: 'linear' | 'clamp' | 'prelu';
  readonly low: number;
  readonly high: number;
  /** With `prelu`: the factor of negative values, [c]. */
  readonly slope: Float32Array | null;
}

/** How a window slides over a step's input. */
export interface Window {
  readonly kh: number;
  readonly kw: number;
  readonly stride: number;
  /** Rows and columns of padding before the first. */
  readonly top: number;
  readonly left: number;
}

/** The weights of a convolution: [kh · kw · inC][outC] for a full one, [kh · kw][c] for a depthwise one, [c] for single values. */
export interface Filter {
  /** Of a `grid`, made when they are first read. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly activation: Activation;
  /** The levels that the weights are stored in, if they are stored in 8 bits. */
  readonly grid?: Grid;
  /** Of a full convolution that multiplies integers: what one level of each column's weights stands for, [outC]. */
  readonly scales?: Float32Array;
  /** Set if those are 8-bit integers: what level 0 of each column stands for, [outC]. */
  readonly offsets?: Float32Array;
  /** Which level of `grid` is level 0 of those. */
  readonly center?: number;
}

/** One operation with everything fused into it; corresponds to `Op` in kernels.c. */
export interface Step {
  /**
   * `pointwise`: each value by itself, times its channel's weight, plus its bias. `rows`: what a convolution multiplies, as integers.
   */
  readonly kind: 'convolution' | 'depthwise' | 'max-pool' | 'mean' | 'pointwise' | 'rows';
  readonly input: Value;
  readonly output: Value;
  readonly window: Window;
  /** Null for pooling and rows. */
  readonly filter: Filter | null;
  /** Added to the first channels before the activation; of a convolution or single values. */
  readonly residual: Value | null;
  /** A depthwise convolution that computes the input of this 1×1 convolution, or these rows; `window` then belongs to it. */
  readonly front: Filter | null;
  /** The `shortTaps` of a front that reads 16-bit integers. */
  readonly taps?: Int16Array;
}

export const LINEAR: Activation = { kind: 'linear', low: -Infinity, high: Infinity, slope: null };
/** The fields of a step that nothing is fused into yet. */
export const BARE = { filter: null, residual: null, front: null } as const;
export const POINT: Window = { kh: 1, kw: 1, stride: 1, top: 0, left: 0 };

/** The value that is one piece of memory: the whole that a part belongs to or a view shows, or the value itself. */
export function wholeOf(value: Value): Value {
  return value.part?.of ?? value.view ?? value;
}

/** The steps that read each whole value, in whatever shape, in their order. */
export function readersOf(steps: readonly Step[]): ReadonlyMap<Value, ReadonlySet<Step>> {
  const readers = new Map<Value, Set<Step>>();
  for (const step of steps) {
    for (const value of [step.input, step.residual]) {
      if (value) readers.set(wholeOf(value), (readers.get(wholeOf(value)) ?? new Set<Step>()).add(step));
    }
  }
  return readers;
}

/** Bytes that a whole value takes up, and some more: values are read four and eight channels at a time. */
export function bytesOf({ h, w, c, rows, most }: Value): number {
  return h * w * (rows ? rowBytes(c, rows) : c * (most ? 2 : 4)) + 16;
}

/** Bytes of a row of integers, with what they stand for. */
export function rowBytes(depth: number, bits: 8 | 16): number {
  return bits === 8 ? levelsOf(depth) + 12 : levelsOf(depth) * 2 + 4;
}

/** The bits of the integers that a convolution multiplies; 0 if it multiplies floats. */
export function bitsOf(filter: Filter | null): 0 | 8 | 16 {
  if (!filter?.scales) return 0;
  return filter.offsets ? 8 : 16;
}

/** How many integers a row of so many inputs has room for. */
export function levelsOf(depth: number): number {
  return Math.ceil(depth / 8) * 8;
}

/** What 1 is in a value of 16-bit integers. */
export function unitsOf(most: number): number {
  return MOST_SHORT / most;
}

export const MOST_SHORT = 32_767;

/** How many inputs one result of a convolution is made of. */
export function depthOf({ window, input, front }: Step): number {
  return (front ? 1 : window.kh * window.kw) * input.c;
}
