import { attributesOf } from '../../graph/attributesOf.js';
import type { GraphNode } from '../../graph/Graph.js';
import { planFilter } from './planFilter.js';
import type { Handle, Planner } from './Planner.js';
import { slide } from './slide.js';
import { BARE, POINT } from './Step.js';
import { unsupported } from './unsupported.js';

export function planConvolution(node: GraphNode, planner: Planner): Handle {
  const [from = '', filter = ''] = node.inputs;
  const input = planner.value(from);
  const [kh, kw, inC, c] = planner.weight(filter).shape as [number, number, number, number];
  if (inC !== input.c) throw unsupported(node, 'groups');
  const { window, h, w } = slide(node, input, kh, kw);
  return planner.push({ ...BARE, kind: 'convolution', input, output: { h, w, c }, window, filter: planFilter(node, planner, c) });
}

export function planDepthwise(node: GraphNode, planner: Planner): Handle {
  const [from = '', filter = ''] = node.inputs;
  const input = planner.value(from);
  const [kh, kw, c, multiplier] = planner.weight(filter).shape as [number, number, number, number];
  if (multiplier !== 1 || c !== input.c || c % 4 !== 0) throw unsupported(node, 'this number of channels');
  const { window, h, w } = slide(node, input, kh, kw);
  return planner.push({ ...BARE, kind: 'depthwise', input, output: { h, w, c }, window, filter: planFilter(node, planner, c) });
}

/** A product with a matrix: a 1×1 convolution at a single position. */
export function planProduct(node: GraphNode, planner: Planner): Handle {
  const [from = '', matrix = ''] = node.inputs;
  const input = planner.value(from);
  const [rows, c] = planner.weight(matrix).shape as [number, number];
  const { flag } = attributesOf(node);
  if (flag('transpose_a') || flag('transpose_b') || input.h * input.w !== 1 || rows !== input.c) throw unsupported(node, 'this product');
  return planner.push({
    ...BARE,
    kind: 'convolution',
    input,
    output: { h: 1, w: 1, c },
    window: POINT,
    filter: planFilter(node, planner, c),
  });
}
