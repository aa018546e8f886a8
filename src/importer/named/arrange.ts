import type { Tensor } from '../../graph/Graph.js';
import type { Part } from '../architectures/WeightSource.js';

/**
 * A tensor of PyTorch in TensorFlow's order: filters [out, in, h, w] become [h, w, in, out], depthwise ones [channels, 1, h, w] become
 * [h, w, channels, 1], dense ones [out, in] become [in, out]. Tensors with another number of axes are given back as they are.
 */
export function arrange(tensor: Tensor, part: Part): Tensor {
  if (part === 'weights' && tensor.shape.length === 2) return permute(tensor, [1, 0]);
  if (part === 'filter' && tensor.shape.length === 4) return permute(tensor, [2, 3, 1, 0]);
  if (part === 'depthwise' && tensor.shape.length === 4) return permute(tensor, [2, 3, 0, 1]);
  return tensor;
}

/** @param axes which axis of the tensor each axis of the result is */
function permute({ shape, values }: Tensor, axes: readonly number[]): Tensor {
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));
  const wanted = axes.map((axis) => shape[axis]!);
  // The last axis in a tight loop, the others counted.
  const [inner, step] = [wanted.at(-1)!, steps[axes.at(-1)!]!];
  const outer = axes.slice(0, -1).map((axis) => ({ size: shape[axis]!, step: steps[axis]! }));
  const out = new Float32Array(values.length);
  const place = outer.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length;) {
    for (let i = 0, at = from; i < inner; i++, at += step) out[to++] = values[at]!;
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      const { size, step: along } = outer[axis]!;
      from += along;
      if (++place[axis]! < size) break;
      from -= along * size;
      place[axis] = 0;
    }
  }
  return { shape: wanted, values: out };
}
