import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { sizeOf } from './sizeOf.js';

/**
 * Concatenates tensors along an axis.
 * @param axis one number; a negative one counts from the end
 * @throws VisavisError `model-corrupt` if their other axes differ
 */
export function concatenate({ op, name }: GraphNode, parts: readonly Tensor[], axis: Tensor): Tensor {
  const first = parts[0];
  const given = axis.values[0] ?? NaN;
  const at = given < 0 ? given + (first?.shape.length ?? 0) : given;
  if (!first || first.shape[at] === undefined) throw corrupt(`${op} "${name}" has no axis ${given}`);
  if (parts.some(({ shape }) => shape.length !== first.shape.length || shape.some((n, i) => i !== at && n !== first.shape[i]))) {
    throw corrupt(`${op} "${name}" puts together ${parts.map(({ shape }) => `[${shape.join()}]`).join(', ')} along axis ${at}`);
  }
  const shape = first.shape.map((n, i) => (i === at ? parts.reduce((sum, part) => sum + part.shape[at]!, 0) : n));
  const values = new Float32Array(sizeOf(shape));
  const rows = sizeOf(shape.slice(0, at));
  let written = 0;
  for (let row = 0; row < rows; row++) {
    for (const part of parts) {
      const length = sizeOf(part.shape.slice(at));
      values.set(part.values.subarray(row * length, (row + 1) * length), written);
      written += length;
    }
  }
  return { shape, values };
}
