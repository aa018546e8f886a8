import { attributesOf } from '../../graph/attributesOf.js';
import { corrupt } from '../../graph/corrupt.js';
import type { GraphNode } from '../../graph/Graph.js';
import { slideWindow } from '../../graph/slideWindow.js';
import { NO_ZEROS, type Zeros } from './Handle.js';
import type { Value, Window } from './Step.js';
import { unsupported } from './UnsupportedGraph.js';

/** Larger numbers of a window would not be kept apart in 32 bits once multiplied. */
const MOST = 4096;

/** What a window makes of a picture. */
export interface Sliding {
  readonly window: Window;
  /** Height and width of the result. */
  readonly h: number;
  readonly w: number;
}

/**
 * The window, and the size of the result, of a convolution or pooling.
 * @param zeros around the input
 * @throws VisavisError `model-corrupt` if the window does not fit; UnsupportedGraph if the kernels do not know such windows
 */
export function slide(node: GraphNode, { h, w }: Value, kh: number, kw: number, zeros: Zeros = NO_ZEROS): Sliding {
  const { text, integers } = attributesOf(node);
  if (!(kh > 0 && kw > 0)) throw corrupt(`the window of ${node.op} "${node.name}" has the size ${kh} × ${kw}`);
  if ((text('data_format') ?? 'NHWC') !== 'NHWC') throw unsupported(node, 'this layout');
  const [batch = 1, stride = 1, across = 1, channels = 1] = integers('strides') ?? [];
  if (stride !== across || batch !== 1 || channels !== 1) throw unsupported(node, 'these strides');
  if (integers('dilations')?.some((d) => d !== 1)) throw unsupported(node, 'dilation');
  const { before, places } = slideWindow(node, [zeros.top + h + zeros.bottom, zeros.left + w + zeros.right], [kh, kw]);
  const window = { kh, kw, stride, top: before[0] + zeros.top, left: before[1] + zeros.left };
  if (Object.values(window).some((n) => n > MOST)) throw unsupported(node, `windows larger than ${MOST}`);
  return { window, h: places[0], w: places[1] };
}
