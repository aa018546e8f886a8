import { attributesOf } from './attributesOf.js';
import { corrupt } from './corrupt.js';
import type { Graph, GraphNode, Tensor } from './Graph.js';
import { orderNodes } from './orderNodes.js';
import { reducedShape } from './reduce.js';
import { expanded, reshaped, squeezed } from './reshape.js';
import { slideWindow } from './slideWindow.js';
import { transposedShape } from './transpose.js';

type Shape = readonly number[];

/** Axes of a tensor: TensorFlow.js knows six, and more only cost time. */
export const MAX_AXES = 8;

/**
 * The shape of every node's result, without computing anything but shapes; batches of any size count as one picture.
 * @param outputs nodes without which and without whose inputs the shapes are not asked for
 * @returns by name, weights included
 * @throws VisavisError `model-corrupt` that names the node where shapes contradict each other; Error that names an unknown operation, or a
 *   shape that depends on what is computed
 */
export function inferShapes(graph: Graph, outputs: readonly string[]): Map<string, Shape> {
  const shapes = new Map<string, Shape>([...graph.weights].map(([name, { shape }]) => [name, shape]));
  for (const node of orderNodes(graph, outputs)) {
    if (shapes.has(node.name)) continue;
    const shape = shapeOf(node, graph, shapes);
    if (shape.length > MAX_AXES) throw corrupt(`${node.op} "${node.name}" makes ${shape.length} axes`);
    shapes.set(node.name, shape);
  }
  return shapes;
}

function shapeOf(node: GraphNode, graph: Graph, shapes: ReadonlyMap<string, Shape>): Shape {
  const { op, name, inputs, attributes } = node;
  const shape = (i: number): Shape => {
    const found = shapes.get(inputs[i] ?? '');
    if (!found) throw corrupt(`${op} "${name}" has no input ${i + 1}`);
    return found;
  };
  const four = (i: number) => fourOf(node, shape(i));
  const value = (i: number): Tensor => {
    const weight = graph.weights.get(inputs[i] ?? '');
    if (!weight) throw new Error(`the shape of ${op} "${name}" depends on what is computed ("${inputs[i] ?? ''}")`);
    return weight;
  };
  switch (op) {
    case 'Placeholder': {
      const { shape: given } = attributes;
      if (typeof given !== 'object' || !('shape' in given)) throw new Error(`the input "${name}" does not say which shape it has`);
      return given.shape.map((n) => Math.max(1, n));
    }
    case 'Const':
      throw corrupt(`the values of "${name}" are not among the weights`);
    case 'Conv2D':
    case '_FusedConv2D': {
      const [kh, kw, inC, outC] = four(1);
      const x = four(0);
      if (x[3] !== inC) throw corrupt(`the filter of ${op} "${name}" takes ${inC} channels, and gets ${x[3]}`);
      return slid(node, x, kh, kw, outC);
    }
    case 'DepthwiseConv2dNative':
    case 'FusedDepthwiseConv2dNative': {
      const [kh, kw, channels, multiplier] = four(1);
      const x = four(0);
      if (x[3] !== channels) throw corrupt(`the filter of ${op} "${name}" takes ${channels} channels, and gets ${x[3]}`);
      return slid(node, x, kh, kw, channels * multiplier);
    }
    case 'MatMul':
    case '_FusedMatMul':
      return product(node, shape(0), shape(1));
    case 'MaxPool':
    case 'AvgPool': {
      const [, kh = 0, kw = 0] = attributesOf(node).integers('ksize') ?? [];
      if (!(kh > 0 && kw > 0)) throw corrupt(`${op} "${name}" pools in windows of ${kh} × ${kw}`);
      return slid(node, four(0), kh, kw, four(0)[3]);
    }
    case 'Mean':
    case 'Sum':
    case 'Max':
      return reducedShape(node, shape(0), value(1));
    case 'ConcatV2':
      return concatenated(node, inputs.slice(0, -1).map((_, i) => shape(i)), value(inputs.length - 1)); // prettier-ignore
    case 'Pad':
    case 'PadV2': {
      const paddings = value(1).values;
      const padded = shape(0).map((n, axis) => n + (paddings[2 * axis] ?? NaN) + (paddings[2 * axis + 1] ?? NaN));
      if (padded.some(Number.isNaN)) throw corrupt(`${op} "${name}" needs two counts for each axis of [${shape(0).join()}]`);
      return padded;
    }
    case 'Reshape':
      return reshaped(node, shape(0), value(1));
    case 'Squeeze':
      return squeezed(node, shape(0));
    case 'ExpandDims':
      return expanded(node, shape(0), value(1));
    case 'Transpose':
      return transposedShape(node, shape(0), value(1));
    default:
      if (PAIRWISE.has(op)) return broadcast(node, shape(0), shape(1));
      if (!SHAPELESS.has(op)) throw new Error(`the operation ${op} ("${name}") is not known here`);
      return shape(0);
  }
}

const PAIRWISE = new Set(['Add', 'AddV2', 'Mul', 'Sub', 'RealDiv', 'Maximum', 'Minimum', 'Pow', 'Prelu', 'BiasAdd']);
/** Operations that give the shape of their first input. */
const SHAPELESS = new Set(
  'Identity Relu Relu6 LeakyRelu Elu Sigmoid Tanh Softmax Abs Neg Square Sqrt Rsqrt Exp FusedBatchNormV3 L2Normalize'.split(' '),
);

function slid(node: GraphNode, [batch, height, width]: Four, kh: number, kw: number, channels: number): Shape {
  return [batch, ...slideWindow(node, [height, width], [kh, kw]).places, channels];
}

function product(node: GraphNode, a: Shape, b: Shape): Shape {
  const { flag } = attributesOf(node);
  const [rows, inner] = flag('transpose_a') ? [a[1], a[0]] : a;
  const [depth, columns] = flag('transpose_b') ? [b[1], b[0]] : b;
  if (a.length !== 2 || b.length !== 2 || inner !== depth) {
    throw corrupt(`${node.op} "${node.name}" multiplies [${a.join()}] by [${b.join()}]`);
  }
  return [rows!, columns!];
}

function concatenated({ op, name }: GraphNode, parts: readonly Shape[], { values }: Tensor): Shape {
  const first = parts[0] ?? [];
  const given = values[0] ?? NaN;
  const at = given < 0 ? given + first.length : given;
  const alike = parts.every((part) => part.length === first.length && part.every((n, axis) => axis === at || n === first[axis]));
  if (first[at] === undefined || !alike) {
    throw corrupt(`${op} "${name}" puts together ${parts.map((part) => `[${part.join()}]`).join(', ')} along axis ${given}`);
  }
  return first.map((n, axis) => (axis === at ? parts.reduce((sum, part) => sum + part[at]!, 0) : n));
}

function broadcast({ op, name }: GraphNode, a: Shape, b: Shape): Shape {
  const axes = Math.max(a.length, b.length);
  const [long, short] = [a, b].map((shape) => [...Array<number>(axes - shape.length).fill(1), ...shape]) as [number[], number[]];
  return long.map((n, axis) => {
    const other = short[axis]!;
    if (n !== other && n !== 1 && other !== 1) throw corrupt(`${op} "${name}" combines [${a.join()}] with [${b.join()}]`);
    return n === 1 ? other : n;
  });
}

type Four = readonly [number, number, number, number];

function fourOf({ op, name }: GraphNode, shape: Shape): Four {
  if (shape.length !== 4) throw corrupt(`${op} "${name}" is fed the shape [${shape.join()}], which has not four axes`);
  return shape as Four;
}
