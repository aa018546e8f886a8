import type { Attribute, GraphNode } from '../../graph/Graph.js';
import { Draft } from './Draft.js';
import { isAffine } from './isAffine.js';
import { isLinear } from './isLinear.js';
import type { Network } from './Network.js';
import { perChannel } from './perChannel.js';

/** TensorFlow's names of what is fused. */
const FUSED: Readonly<Record<string, string>> = {
  Conv2D: '_FusedConv2D',
  DepthwiseConv2dNative: 'FusedDepthwiseConv2dNative',
  MatMul: '_FusedMatMul',
};

/** Fuses the shift and the activation behind a convolution or product into it, as the engine's backends want them. */
export function fuse(network: Network): Network {
  const draft = new Draft(network);
  for (const { name } of draft.nodes()) {
    const node = draft.node(name);
    if (isLinear(node, draft)) fuseOne(node, draft);
  }
  return draft.network();
}

function fuseOne(linear: GraphNode, draft: Draft): void {
  const { op, inputs, attributes } = linear;
  const channels = draft.shape(linear.name).at(-1)!;
  let last = linear;
  const next = () => {
    const [reader] = draft.readers(last.name);
    return reader && draft.sole(reader, 0) === last ? reader : undefined;
  };
  const shift = next();
  if (isAffine(shift, 'AddV2', draft)) last = shift;
  const bias = shift === last ? draft.weight(shift, 1)!.values : new Float32Array(channels);
  const activation = activationOf(next(), draft);
  if (activation) last = activation.node;
  if (last === linear) return;
  const fused = ['BiasAdd', ...(activation ? [activation.node.op] : [])];
  const slopes = activation?.slopes;
  const extra = [draft.constant(`${last.name}/bias`, { shape: [channels], values: bias })];
  // As wide as TensorFlow.js wants them: of pictures [1, 1, channels].
  const shape = op === 'MatMul' ? [channels] : [1, 1, channels];
  if (slopes) extra.push(draft.constant(`${last.name}/slopes`, { shape, values: slopes }));
  for (let node = draft.node(last.name)!; node.name !== linear.name;) {
    const before = draft.node(node.inputs[0]!)!;
    draft.remove(node.name);
    node = before;
  }
  draft.remove(linear.name);
  const more: Record<string, Attribute> = { fused_ops: fused, num_args: extra.length, epsilon: { float: 0 } };
  draft.set({ name: last.name, op: FUSED[op]!, inputs: [...inputs.slice(0, 2), ...extra], attributes: { ...attributes, ...more } });
}

function activationOf(node: GraphNode | undefined, draft: Draft): { node: GraphNode; slopes?: Float32Array } | undefined {
  if (node?.op === 'Relu' || node?.op === 'Relu6') return { node };
  if (node?.op !== 'Prelu') return undefined;
  const slope = draft.weight(node, 1);
  const slopes = slope && perChannel(slope, draft.shape(node.name));
  return slopes && { node, slopes };
}
