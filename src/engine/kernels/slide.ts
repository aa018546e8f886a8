import { attributesOf } from '../../graph/attributesOf.js';
import type { GraphNode } from '../../graph/Graph.js';
import { slideWindow } from '../../graph/slideWindow.js';
import type { Value, Window } from './Step.js';
import { unsupported } from './unsupported.js';

/** The window, and the size of the result, of a convolution or pooling. Throws an Error if the kernels do not support it. */
export function slide(node: GraphNode, { h, w }: Value, kh: number, kw: number): { window: Window; h: number; w: number } {
  const { text, integers } = attributesOf(node);
  const [, stride = 1, across = 1] = integers('strides') ?? [];
  const dilated = integers('dilations')?.some((d) => d !== 1);
  if (stride !== across || dilated || (text('data_format') ?? 'NHWC') !== 'NHWC') throw unsupported(node, 'this layout');
  const padding = text('padding');
  if (padding !== 'SAME' && padding !== 'VALID') throw unsupported(node, `padding ${String(padding)}`);
  const { before, places } = slideWindow(node, [h, w], [kh, kw]);
  return { window: { kh, kw, stride, top: before[0], left: before[1] }, h: places[0], w: places[1] };
}
