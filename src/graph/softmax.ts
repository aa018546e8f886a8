import type { Tensor } from './Graph.js';

/** Softmax along the last axis: positive values that sum to 1. */
export function softmax({ shape, values }: Tensor): Tensor {
  const length = shape.at(-1) ?? 1;
  const out = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += length) {
    const row = Array.from(values.subarray(from, from + length));
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = row.map((v) => Math.exp(v - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    out.set(
      powers.map((power) => power / sum),
      from,
    );
  }
  return { shape, values: out };
}
