import { attributesOf } from '../../graph/attributesOf.js';
import { corrupt } from '../../graph/corrupt.js';
import type { GraphNode } from '../../graph/Graph.js';
import type { Handle } from './Handle.js';
import type { Planner } from './Planner.js';
import { slide, type Sliding } from './slide.js';
import { BARE, LINEAR, POINT, type Value } from './Step.js';
import { unsupported } from './UnsupportedGraph.js';

export function planMaxPool(node: GraphNode, planner: Planner): Handle {
  const { input, window, h, w } = pooled(node, planner);
  return planner.push({ ...BARE, kind: 'max-pool', input, output: { h, w, c: input.c }, window });
}

/** The average of whole windows: a depthwise convolution whose weights are all alike. */
export function planAveragePool(node: GraphNode, planner: Planner): Handle {
  const { input, window, h, w } = pooled(node, planner);
  const { kh, kw, stride, top, left } = window;
  // Padding does not count, so windows at the edge would need other weights.
  const inside = top === 0 && left === 0 && (h - 1) * stride + kh <= input.h && (w - 1) * stride + kw <= input.w;
  if (!inside) throw unsupported(node, 'averages over padding');
  const weights = new Float32Array(kh * kw * input.c).fill(1 / (kh * kw));
  const filter = { weights, bias: new Float32Array(input.c), activation: LINEAR };
  return planner.push({ ...BARE, kind: 'depthwise', input, output: { h, w, c: input.c }, window, filter });
}

/** The mean over height and width. */
export function planMean(node: GraphNode, planner: Planner): Handle {
  const { shape } = planner.handle(node, 0);
  const axes = Array.from(planner.constant(node, 1).values, (axis) => (axis < 0 ? axis + shape.length : axis));
  if (axes.some((axis) => shape[axis] === undefined)) throw corrupt(`${node.op} "${node.name}" names axes that [${shape.join()}] has not`);
  if (shape.length !== 4 || [...new Set(axes)].sort().join() !== '1,2') throw unsupported(node, 'other axes than height and width');
  const input = planner.value(node, 0);
  const kept = attributesOf(node).flag('keep_dims') ?? false;
  const output = { h: 1, w: 1, c: input.c };
  return planner.push({ ...BARE, kind: 'mean', input, output, window: POINT }, kept ? undefined : [1, input.c]);
}

function pooled(node: GraphNode, planner: Planner): Sliding & { readonly input: Value } {
  planner.fourAxes(node, 0);
  const input = planner.value(node, 0);
  const { text, integers } = attributesOf(node);
  const [batch = 1, kh = 0, kw = 0, channels = 1] = integers('ksize') ?? [];
  if (batch !== 1 || channels !== 1) throw unsupported(node, 'pooling along other axes than height and width');
  // Windows that see nothing but padding have no maximum.
  if (text('padding') === 'EXPLICIT') throw unsupported(node, 'explicit padding');
  return { input, ...slide(node, input, kh, kw) };
}
