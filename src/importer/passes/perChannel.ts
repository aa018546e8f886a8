import type { Tensor } from '../../graph/Graph.js';
import { sizeOf } from '../../graph/sizeOf.js';

/**
 * The one value for each channel that a constant holds, if it is one for each or one for all.
 * @param shape of what it is combined with, channels last
 */
export function perChannel({ shape: own, values }: Tensor, shape: readonly number[]): Float32Array | undefined {
  const channels = shape.at(-1) ?? 1;
  if (own.length > shape.length) return undefined;
  if (values.length === 1) return new Float32Array(channels).fill(values[0]!);
  const fits = own.at(-1) === channels && sizeOf(own) === channels;
  if (!fits) return undefined;
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
