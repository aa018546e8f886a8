import type { Graph, GraphNode } from '../../graph/Graph.js';
import type { KernelOperation } from '../../graph/kernelOperations.js';
import type { Arithmetic } from '../../shared/Arithmetic.js';
import { fuseFronts } from './fuseFronts.js';
import { hasZeros, type Handle } from './Handle.js';
import { narrowSteps, WORTH_NARROWING } from './narrowSteps.js';
import { planConvolution, planDepthwise, planProduct } from './planConvolution.js';
import { planPrelu, planRelu, planRelu6, planScale, planSum } from './planElementwise.js';
import { Planner, type NodePlanner } from './Planner.js';
import { planAveragePool, planMaxPool, planMean } from './planPooling.js';
import { planConcatenation, planIdentity, planPad, planPlaceholder, planReshape, planSigmoid } from './planShape.js';
import { shortenSteps } from './shortenSteps.js';
import { wholeOf, type Step, type Value } from './Step.js';
import { unsupported, UnsupportedGraph } from './UnsupportedGraph.js';

export interface Plan {
  readonly input: Value;
  readonly steps: readonly Step[];
  readonly outputs: readonly { readonly value: Value; readonly sigmoid: boolean }[];
}

/**
 * Turns a graph into steps. Convolutions absorb the bias, factors, residual sum and activation that follow them. Every shape is checked, so
 * that no step reads or writes beyond its values.
 * @param size side of the square RGB input
 * @param arithmetic `int16`, `int8`: convolutions may multiply integers of so many bits, from `least` on; `int8` takes a build with relaxed SIMD
 * @throws VisavisError `model-corrupt` that names the node where the graph contradicts itself; UnsupportedGraph that names what the kernels
 *   lack: such graphs run on TensorFlow.js
 */
export function planGraph(
  graph: Graph,
  size: number,
  outputs: readonly string[],
  arithmetic: Arithmetic = 'int16',
  least = WORTH_NARROWING,
): Plan {
  const planner = new Planner(graph, { h: size, w: size, c: 3 });
  const ends = planner.plan(outputs, planNode).map((handle, i) => {
    if (!handle || hasZeros(handle)) throw new UnsupportedGraph(`the kernels cannot give "${outputs[i]!}" as a result`);
    // Results are read flat.
    return { value: wholeOf(handle.value), sigmoid: handle.sigmoid };
  });
  const kept = new Set(ends.map(({ value }) => value));
  const bits = BITS[arithmetic];
  const steps = bits === null ? planner.steps : narrowSteps(planner.steps, kept, least, bits);
  const fused = fuseFronts(steps, kept);
  return { input: planner.input, steps: bits === 8 ? shortenSteps(fused, kept) : fused, outputs: ends };
}

const BITS = { int8: 8, int16: 16, float32: null } as const;

function planNode(node: GraphNode, planner: Planner): Handle {
  if (!Object.hasOwn(OPERATIONS, node.op)) throw unsupported(node, 'this operation');
  return OPERATIONS[node.op as KernelOperation](node, planner);
}

const OPERATIONS: Readonly<Record<KernelOperation, NodePlanner>> = {
  Placeholder: planPlaceholder,
  Identity: planIdentity,
  Reshape: planReshape,
  Sigmoid: planSigmoid,
  Pad: planPad,
  Conv2D: planConvolution,
  _FusedConv2D: planConvolution,
  DepthwiseConv2dNative: planDepthwise,
  FusedDepthwiseConv2dNative: planDepthwise,
  MatMul: planProduct,
  _FusedMatMul: planProduct,
  ConcatV2: planConcatenation,
  MaxPool: planMaxPool,
  AvgPool: planAveragePool,
  Mean: planMean,
  BiasAdd: planSum,
  Add: planSum,
  AddV2: planSum,
  Mul: planScale,
  Relu: planRelu,
  Relu6: planRelu6,
  Prelu: planPrelu,
};
