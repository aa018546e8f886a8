/** A picture of activations, [h, w, c] float32, at some time during a run. */
export interface Value {
  readonly h: number;
  readonly w: number;
  /** Channels. */
  readonly c: number;
  /** Where the value is no place of its own but the channels from `first` on of another. Such a value is only ever written. */
  readonly part?: { readonly of: Value; readonly first: number };
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

/** The weights of a convolution: [kh · kw · inC][outC] in full ones, [kh · kw][c] in depthwise ones. */
export interface Filter {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/** One operation with all that is fused into it; the fields of kernels.c's `Op`. */
export interface Step {
  readonly kind: 'convolution' | 'depthwise' | 'max-pool' | 'mean';
  readonly input: Value;
  readonly output: Value;
  readonly window: Window;
  /** Null for pooling. */
  readonly filter: Filter | null;
  /** Added to the first channels before the activation. */
  readonly residual: Value | null;
  /** A depthwise convolution that makes this (1×1) convolution's input; `window` is then its. */
  readonly front: Filter | null;
}

export const LINEAR: Activation = { kind: 'linear', low: -Infinity, high: Infinity, slope: null };
/** A step that nothing is fused into yet. */
export const BARE = { filter: null, residual: null, front: null } as const;
export const POINT: Window = { kh: 1, kw: 1, stride: 1, top: 0, left: 0 };

/** The value that lies in memory as one piece: a part's whole, or the value itself. */
export function wholeOf(value: Value): Value {
  return value.part?.of ?? value;
}
