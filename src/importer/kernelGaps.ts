import { attributesOf } from '../graph/attributesOf.js';
import type { Graph, GraphNode, Tensor } from '../graph/Graph.js';
import { inferShapes } from '../graph/inferShapes.js';
import { KERNEL_OPERATIONS, type KernelOperation } from '../graph/kernelOperations.js';
import { orderNodes } from '../graph/orderNodes.js';
import { slideWindow } from '../graph/slideWindow.js';

/** What the kernels put off until a step reads the value: zeros around a picture, and behind its channels, and a sigmoid. */
interface Pending {
  readonly around: boolean;
  readonly behind: boolean;
  readonly sigmoid: boolean;
}

/** A node with what it reads. */
interface Reading {
  readonly node: GraphNode;
  /** Of the result, and of each input. */
  readonly shape: readonly number[];
  readonly shapes: readonly (readonly number[])[];
  /** Those of the inputs that are stored. */
  readonly constants: readonly (Tensor | undefined)[];
  /** Of each input. */
  readonly pending: readonly Pending[];
}

type Lack = (reading: Reading) => string | false | undefined;

const NONE: Pending = { around: false, behind: false, sigmoid: false };

/**
 * What the engine's own kernels do not know of a network whose constants are folded: the same as their planner (`engine/kernels/planGraph.ts`)
 * refuses.
 * @returns what is lacking, in the plural, by the names of the nodes
 */
export function kernelGaps(graph: Graph, output: string): Map<string, string> {
  const all = inferShapes(graph, [output]);
  const left = new Map<string, Pending>();
  const gaps = new Map<string, string>();
  for (const node of orderNodes(graph, [output])) {
    if (graph.weights.has(node.name)) continue;
    const reading: Reading = {
      node,
      shape: all.get(node.name) ?? [],
      shapes: node.inputs.map((name) => all.get(name) ?? []),
      constants: node.inputs.map((name) => graph.weights.get(name)),
      pending: node.inputs.map((name) => left.get(name) ?? NONE),
    };
    const gap = isKernelOperation(node.op) ? LACKS[node.op](reading) : node.op;
    if (gap) gaps.set(node.name, gap);
    left.set(node.name, gap ? NONE : leftBy(reading));
  }
  const { around, behind } = left.get(output) ?? NONE;
  if (around || behind) gaps.set(output, 'padding at the end');
  return gaps;
}

function isKernelOperation(op: string): op is KernelOperation {
  return (KERNEL_OPERATIONS as readonly string[]).includes(op);
}

/** What a node leaves to whoever reads it. */
function leftBy({ node: { op }, constants, pending: [before = NONE] }: Reading): Pending {
  if (op === 'Identity' || op === 'Reshape') return before;
  if (op === 'Sigmoid') return { ...before, sigmoid: true };
  if (op !== 'Pad') return NONE;
  const counts = Array.from(constants[1]?.values ?? []);
  const adds = (from: number, to: number) => counts.slice(from, to).some((n) => n > 0);
  return { ...before, around: before.around || adds(0, 6), behind: before.behind || adds(6, 8) };
}

const nothing: Lack = () => undefined;

const window: Lack = ({ node }) => {
  const { integers } = attributesOf(node);
  const [batch = 1, down = 1, across = 1, channels = 1] = integers('strides') ?? [];
  if (integers('dilations')?.some((n) => n !== 1)) return 'dilated convolutions';
  if (down !== across) return 'strides that differ between rows and columns';
  return batch * channels !== 1 && 'strides along the channels';
};

const convolution: Lack = (reading) => read(reading, 0) || window(reading) || perChannel(reading, 2);

const depthwise: Lack = (reading) =>
  reading.shapes[1]?.[3] === 1 ? convolution(reading) : 'depthwise convolutions with several results for each channel';

const product: Lack = (reading) => {
  if (!reading.constants[1]) return 'products of two values';
  if (attributesOf(reading.node).flag('transpose_a')) return 'products of a turned matrix';
  return read(reading, 0) || perChannel(reading, 2);
};

const pooling: Lack = (reading) => {
  const { text, integers } = attributesOf(reading.node);
  const [batch = 1, , , channels = 1] = integers('ksize') ?? [];
  if (batch * channels !== 1) return 'pooling along other axes than rows and columns';
  return read(reading, 0) || window(reading) || (text('padding') === 'EXPLICIT' && 'pooling with explicit padding');
};

const averaging: Lack = (reading) => pooling(reading) || (seesPadding(reading) && 'averages over padding');

function seesPadding({ node, shapes }: Reading): boolean {
  const [, height = 0, width = 0] = shapes[0] ?? [];
  const [, kh = 0, kw = 0] = attributesOf(node).integers('ksize') ?? [];
  const { size, stride, before, places } = slideWindow(node, [height, width], [kh, kw]);
  const inside = (axis: 0 | 1, length: number) => before[axis] === 0 && (places[axis] - 1) * stride[axis] + size[axis] <= length;
  return !inside(0, height) || !inside(1, width);
}

const mean: Lack = (reading) => {
  const [shape = []] = reading.shapes;
  const axes = new Set(Array.from(reading.constants[1]?.values ?? [], (axis) => (axis < 0 ? axis + shape.length : axis)));
  const pixels = shape.length === 4 && axes.size === 2 && axes.has(1) && axes.has(2);
  return pixels ? read(reading, 0) : 'means over other axes than rows and columns';
};

const concatenation: Lack = (reading) => {
  const { shape, shapes, constants } = reading;
  const axis = constants.at(-1)?.values[0];
  if (axis !== -1 && axis !== shape.length - 1) return 'concatenation along other axes than the channels';
  const parts = shapes.slice(0, -1).map((_, i) => i);
  if (parts.some((i) => constants[i])) return 'concatenation with constants';
  return parts.map((i) => read(reading, i)).find(Boolean);
};

const sum: Lack = (reading) => {
  const { node, shapes, constants, pending } = reading;
  if ((attributesOf(node).text('data_format') ?? 'NHWC') !== 'NHWC') return 'channels in front';
  if (constants.some(Boolean)) return withConstant(reading);
  if (shapes[0]?.join() !== shapes[1]?.join()) return 'sums of different shapes';
  // One of the two may lack channels.
  const narrow = pending.findIndex(({ around, behind }) => behind && !around);
  return narrow < 0 ? read(reading, 0) || read(reading, 1) : read(reading, 1 - narrow) || readFlat(reading, narrow);
};

const factor: Lack = (reading) => (reading.constants.some(Boolean) ? withConstant(reading) : 'products of two values');

const slopes: Lack = (reading) => (reading.constants[1] ? withConstant(reading) : 'slopes that are computed');

/** One input is stored. */
const withConstant: Lack = (reading) => {
  const at = reading.constants[1] ? 1 : 0;
  return read(reading, 1 - at) || perChannel(reading, at, at + 1, reading.shapes[1 - at]);
};

const reshaping: Lack = ({ shape, shapes: [before], pending: [left = NONE] }) =>
  shape.join() !== before?.join() && (left.around || left.behind) && 'padding before another shape';

const sigmoid: Lack = ({ pending: [{ around, behind, sigmoid: twice } = NONE] }) => {
  if (twice) return 'sigmoids of sigmoids';
  return (around || behind) && 'padding before a sigmoid';
};

const padding: Lack = ({ constants, shapes: [before = []], pending: [left = NONE] }) => {
  if (left.sigmoid) return 'sigmoids but at the end';
  const counts = Array.from(constants[1]?.values ?? []);
  const known = before.length === 4 && counts[0] === 0 && counts[1] === 0 && counts[6] === 0;
  return !known && counts.some((n) => n > 0) && 'padding but of rows, columns and behind the channels';
};

const LACKS: Readonly<Record<KernelOperation, Lack>> = {
  ...{ Placeholder: nothing, Identity: nothing, Reshape: reshaping, Pad: padding, Sigmoid: sigmoid, ConcatV2: concatenation },
  ...{ Conv2D: convolution, _FusedConv2D: convolution, DepthwiseConv2dNative: depthwise, FusedDepthwiseConv2dNative: depthwise },
  ...{ MatMul: product, _FusedMatMul: product, MaxPool: pooling, AvgPool: averaging, Mean: mean },
  ...{ BiasAdd: sum, Add: sum, AddV2: sum, Mul: factor, Prelu: slopes },
  Relu: (reading) => read(reading, 0),
  Relu6: (reading) => read(reading, 0),
};

/** An input that a step reads whole: zeros around it are written down first. */
function read(reading: Reading, i: number): ReturnType<Lack> {
  return readFlat(reading, i) || (reading.pending[i]?.behind && 'padded channels but in sums');
}

/** An input that a step reads: one picture, or one row. */
function readFlat({ shapes, pending }: Reading, i: number): ReturnType<Lack> {
  const { [i]: shape = [] } = shapes;
  if (pending[i]?.sigmoid) return 'sigmoids but at the end';
  return !(shape[0] === 1 && (shape.length === 2 || shape.length === 4)) && `values of the shape [${shape.join()}]`;
}

/** Stored inputs, of which each has one value for each channel of `shape`, or one for all. */
function perChannel(reading: Reading, from: number, to?: number, shape: readonly number[] = reading.shape): ReturnType<Lack> {
  const known = (tensor: Tensor | undefined) => {
    const { shape: own, values } = tensor ?? { shape: [], values: [] };
    const channels = shape.at(-1) ?? 1;
    return own.length <= shape.length && (values.length === 1 || (values.length === channels && own.at(-1) === channels));
  };
  return !reading.constants.slice(from, to).every(known) && 'constants but for one value for each channel';
}
