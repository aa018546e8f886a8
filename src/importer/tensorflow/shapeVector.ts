import { importFailed } from '../importFailed.js';
import type { Branches } from './Branches.js';
import type { FrozenGraph, Reference } from './FrozenGraph.js';
import type { TfNode } from './messages.js';
import type { TensorDecoder } from './TensorDecoder.js';

export interface ShapeContext {
  readonly graph: FrozenGraph;
  readonly branches: Branches;
  readonly decoder: TensorDecoder;
  /** What a Shape gives for one picture; undefined if that is not known. */
  readonly shapeOf: (node: TfNode) => readonly number[] | undefined;
}

/** Nodes that a shape may be computed of, at most; and axes, which are few. */
const MAX_STEPS = 64;
const MAX_VALUES = 16;

/**
 * The shape that a Reshape asks for where it is computed from another shape, as flattening does: the batch is 1, and one axis may be −1,
 * whatever remains.
 * @throws VisavisError `import-failed` that names the node where it is not as simple as that
 */
export function shapeVector(start: Reference, reader: TfNode, context: ShapeContext): readonly number[] {
  let steps = 0;
  const valuesOf = ({ node: from, port }: Reference): readonly number[] => {
    const { node } = context.branches.follow({ node: from, port }, undefined);
    if (++steps > MAX_STEPS) throw unclear(reader);
    const all = () => context.graph.inputsOf(node).map(valuesOf);
    const values = compute(node, all, context) ?? [];
    if (values.length === 0 || values.length > MAX_VALUES) throw unclear(reader);
    return values;
  };
  const values = valuesOf(start);
  if (!values.every((n) => Number.isInteger(n) && n >= -1)) throw unclear(reader);
  return values;
}

/** Undefined for nodes that are not expected here. */
function compute(node: TfNode, inputs: () => (readonly number[])[], { decoder, shapeOf }: ShapeContext): readonly number[] | undefined {
  const bits = (key: string) => node.attributes.get(key)?.int ?? 0;
  switch (node.op) {
    case 'Const':
      return Array.from(decoder.decode(node).values.subarray(0, MAX_VALUES + 1));
    case 'Shape':
      return shapeOf(node);
    case 'Pack':
      return inputs().flat();
    case 'ConcatV2':
      return inputs().slice(0, -1).flat();
    case 'Cast':
    case 'ExpandDims':
    case 'Squeeze':
      return inputs()[0];
    case 'Prod':
      return [inputs()[0]?.reduce((product, n) => product * n, 1) ?? NaN];
    case 'Mul': {
      const [a, b] = inputs();
      return a && b && a.length === 1 && b.length === 1 ? [a[0]! * b[0]!] : undefined;
    }
    case 'Slice': {
      const [x, [begin = NaN] = [], [size = NaN] = []] = inputs();
      return x?.slice(begin, size < 0 ? undefined : begin + size);
    }
    case 'StridedSlice': {
      const [x, [begin = NaN] = [], [end = NaN] = [], [stride] = []] = inputs();
      if (stride !== 1) return undefined;
      return x?.slice(bits('begin_mask') & 1 ? 0 : begin, bits('end_mask') & 1 ? undefined : end);
    }
    default:
      return undefined;
  }
}

function unclear({ name }: TfNode): Error {
  return importFailed(`The shape that ${name} (Reshape) asks for is computed in a way that is not understood here.`);
}
