import type { FloatKind } from '../decodeFloats.js';

/** A block of numbers that tensors are parts of. */
export interface StorageReference {
  /** Its name in the file. */
  readonly key: string;
  /** undefined for whole numbers and flags, which no weight is. */
  readonly kind: FloatKind | undefined;
  readonly bytesEach: number;
  /** How many numbers the pickle says that it has. */
  readonly count: number;
  /** Where it starts within the block of its key, in numbers. */
  readonly start: number;
}

/** A tensor as a pickle describes it; nothing of it is checked yet. */
export interface TensorReference {
  readonly storage: StorageReference;
  readonly offset: number;
  readonly size: readonly number[];
  /** Of each axis, in numbers. */
  readonly stride: readonly number[];
}
