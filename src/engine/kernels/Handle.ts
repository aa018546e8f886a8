import { wholeOf, type Value } from './Step.js';

/** Zeros around a value: rows, columns, and channels behind its own. */
export interface Zeros {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly channels: number;
}

export const NO_ZEROS: Zeros = { top: 0, bottom: 0, left: 0, right: 0, channels: 0 };

/** What a node represents: a value that a step computes, perhaps in another shape, with zeros around it, or through a final sigmoid. */
export interface Handle {
  readonly value: Value;
  /** As the graph sees it, zeros included. */
  readonly shape: readonly number[];
  readonly zeros: Zeros;
  readonly sigmoid: boolean;
}

/** The handle of an unchanged value. */
export function whole(value: Value, shape: readonly number[] = [1, value.h, value.w, value.c]): Handle {
  return { value, shape, zeros: NO_ZEROS, sigmoid: false };
}

export function hasZeros({ zeros }: Handle): boolean {
  return Object.values(zeros).some((n) => n !== 0);
}

/**
 * What a step can read of a handle, without its zeros: [1, h, w, c], or [1, c] as a picture with a single position; the value itself where
 * it has that shape. Null for other shapes.
 */
export function pictureOf({ value, shape, zeros }: Handle): Value | null {
  const [batch, ...sizes] = shape;
  const [h, w, c] = sizes.length === 1 ? [1, 1, sizes[0]] : sizes.length === 3 ? sizes : [];
  if (batch !== 1 || h === undefined || w === undefined || c === undefined) return null;
  const own = { h: h - zeros.top - zeros.bottom, w: w - zeros.left - zeros.right, c: c - zeros.channels };
  if (own.h === value.h && own.w === value.w && own.c === value.c) return value;
  return { ...own, view: wholeOf(value) };
}
