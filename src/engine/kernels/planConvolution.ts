import { attributesOf } from '../../graph/attributesOf.js';
import { corrupt } from '../../graph/corrupt.js';
import type { GraphNode, Tensor } from '../../graph/Graph.js';
import type { Handle } from './Handle.js';
import { planFilter, type Stored } from './planFilter.js';
import type { Planner } from './Planner.js';
import { slide, type Sliding } from './slide.js';
import { BARE, POINT, type Value } from './Step.js';
import { unsupported } from './UnsupportedGraph.js';

export function planConvolution(node: GraphNode, planner: Planner): Handle {
  const { input, filter, sizes, sliding } = operands(node, planner);
  const { window, h, w } = sliding;
  const [, , inC, c] = sizes;
  if (inC !== input.c) {
    if (input.c % inC === 0 && c % (input.c / inC) === 0) throw unsupported(node, 'groups');
    throw misfit(node, filter, input);
  }
  const weights = planFilter(node, planner, [1, h, w, c]);
  return planner.push({ ...BARE, kind: 'convolution', input, output: { h, w, c }, window, filter: weights });
}

export function planDepthwise(node: GraphNode, planner: Planner): Handle {
  const { input, filter, sizes, sliding } = operands(node, planner);
  const { window, h, w } = sliding;
  const [, , c, multiplier] = sizes;
  if (c !== input.c) throw misfit(node, filter, input);
  if (multiplier !== 1) throw unsupported(node, 'several results for each channel');
  const weights = planFilter(node, planner, [1, h, w, c]);
  return planner.push({ ...BARE, kind: 'depthwise', input, output: { h, w, c }, window, filter: weights });
}

/** A product with a matrix: a 1×1 convolution at a single position. */
export function planProduct(node: GraphNode, planner: Planner): Handle {
  const { flag } = attributesOf(node);
  const { shape } = planner.handle(node, 0);
  const matrix = planner.constant(node, 1);
  const turned = flag('transpose_b') ?? false;
  const [rows = 0, c = 0] = turned ? [...matrix.shape].reverse() : matrix.shape;
  const fits = shape.length === 2 && matrix.shape.length === 2 && shape[flag('transpose_a') ? 0 : 1] === rows && c > 0;
  if (!fits) throw corrupt(`${node.op} "${node.name}" multiplies [${shape.join()}] by [${matrix.shape.join()}]`);
  if (flag('transpose_a')) throw unsupported(node, 'this product');
  const input = planner.value(node, 0);
  const filter = planFilter(node, planner, [1, c], turned ? (stored) => transposed(stored, rows, c) : undefined);
  return planner.push({ ...BARE, kind: 'convolution', input, output: { h: 1, w: 1, c }, window: POINT, filter }, [1, c]);
}

/** What a convolution slides over, its filter, and where that takes it. */
function operands(node: GraphNode, planner: Planner): { input: Value; filter: Tensor; sizes: FilterSizes; sliding: Sliding } {
  const { zeros } = planner.fourAxes(node, 0);
  const filter = planner.constant(node, 1);
  if (filter.shape.length !== 4 || filter.shape.includes(0)) {
    throw corrupt(`the filter of ${node.op} "${node.name}" has the shape [${filter.shape.join()}]`);
  }
  if (zeros.channels > 0) throw unsupported(node, 'padding of channels before it');
  const sizes = filter.shape as FilterSizes;
  const input = planner.padded(node, 0);
  return { input, filter, sizes, sliding: slide(node, input, sizes[0], sizes[1], zeros) };
}

type FilterSizes = readonly [kh: number, kw: number, inputs: number, outputs: number];

function misfit({ op, name }: GraphNode, filter: Tensor, { c }: Value): Error {
  return corrupt(`the filter of ${op} "${name}" has the shape [${filter.shape.join()}], and gets ${c} channels`);
}

/** [columns][rows] → [rows][columns]. */
function transposed<T extends Stored>(values: T, rows: number, columns: number): T {
  const out = values.slice() as T;
  for (let i = 0; i < out.length; i++) out[i] = values[(i % columns) * rows + Math.floor(i / columns)]!;
  return out;
}
