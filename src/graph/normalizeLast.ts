import type { Tensor } from './Graph.js';

/** Unit length along the last axis; what is shorter than √(1e-12) is divided by that, as TensorFlow does. */
export function normalizeLast({ shape, values }: Tensor): Tensor {
  const length = shape.at(-1) ?? 1;
  const out = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += length) {
    let square = 0;
    for (let i = from; i < from + length; i++) square += values[i]! * values[i]!;
    const scale = 1 / Math.sqrt(Math.max(square, 1e-12));
    for (let i = from; i < from + length; i++) out[i] = values[i]! * scale;
  }
  return { shape, values: out };
}
