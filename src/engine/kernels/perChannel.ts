import { corrupt } from '../../graph/corrupt.js';
import type { GraphNode, Tensor } from '../../graph/Graph.js';
import { unsupported } from './UnsupportedGraph.js';

/**
 * A weight that has one value for each channel, or one for all of them, as one for each.
 * @param what it is, in the plural
 * @param shape of what it is applied to, channels last
 * @throws VisavisError `model-corrupt` if it fits no such shape; UnsupportedGraph if it differs along other axes too
 */
export function perChannel(node: GraphNode, what: string, { shape: own, values }: Tensor, shape: readonly number[]): Float32Array {
  const channels = shape.at(-1) ?? 1;
  if (own.length > shape.length) throw unsupported(node, `${what} of the shape [${own.join()}]`);
  const aligned = [...Array<number>(shape.length - own.length).fill(1), ...own];
  if (!aligned.every((n, axis) => n > 0 && (n === 1 || n === shape[axis] || shape[axis] === 1))) {
    throw corrupt(`the ${what} of ${node.op} "${node.name}" have the shape [${own.join()}], which does not fit [${shape.join()}]`);
  }
  if (values.length === 1) return new Float32Array(channels).fill(values[0]!);
  if (values.length !== channels || aligned.at(-1) !== channels) throw unsupported(node, `${what} of the shape [${own.join()}]`);
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
