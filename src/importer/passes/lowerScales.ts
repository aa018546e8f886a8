import { attributesOf } from '../../graph/attributesOf.js';
import type { GraphNode, Tensor } from '../../graph/Graph.js';
import { scaleOfBatchNorm } from '../../graph/normalizeBatch.js';
import { transpose } from '../../graph/transpose.js';
import { Draft } from './Draft.js';
import type { Network } from './Network.js';
import { perChannel } from './perChannel.js';

const FLOAT = { T: { type: 'DT_FLOAT' } } as const;

/**
 * Writes whatever scales and shifts channels in one way: `Mul` by a constant [channels], then `AddV2` of one. That is batch norms, biases,
 * differences, quotients and negation. A leaky ReLU becomes a Prelu, limits become Relu and Relu6, and matrices are stored the usual way.
 */
export function lowerScales(network: Network): Network {
  const draft = new Draft(network);
  for (const node of draft.nodes()) {
    const lower = Object.hasOwn(LOWERED, node.op) ? LOWERED[node.op] : undefined;
    lower?.(node, draft);
  }
  return draft.network();
}

const LOWERED: Readonly<Record<string, (node: GraphNode, draft: Draft) => void>> = {
  FusedBatchNormV3(node, draft) {
    const parameters = [1, 2, 3, 4].map((i) => draft.weight(node, i));
    if (!parameters.every((each): each is Tensor => each !== undefined)) return;
    const { factor, addend } = scaleOfBatchNorm(node, parameters);
    affine(draft, node.name, node.inputs[0]!, factor, addend);
  },
  BiasAdd: (node, draft) => shift(node, draft, 1),
  Add: (node, draft) => shift(node, draft, 1),
  AddV2: (node, draft) => shift(node, draft, 1),
  Sub(node, draft) {
    const { name, inputs } = node;
    const [a, b] = inputs as [string, string];
    const left = draft.weight(node, 0);
    if (draft.weight(node, 1)) shift(node, draft, -1);
    else if (left) {
      const addend = perChannel(left, draft.shape(b));
      if (addend)
        affine(
          draft,
          name,
          b,
          addend.map(() => -1),
          addend,
        );
    } else if (draft.shape(b).length > 0) {
      const negated = scale(draft, draft.free(`${name}/negated`), b, new Float32Array(draft.shape(b).at(-1)!).fill(-1));
      draft.set({ name, op: 'AddV2', inputs: [a, negated], attributes: FLOAT });
    }
  },
  Mul(node, draft) {
    const [x, c] = operands(node, draft);
    if (x !== undefined && c) scale(draft, node.name, x, c);
  },
  RealDiv(node, draft) {
    const c = draft.weight(node, 1);
    const factor = c && perChannel(c, draft.shape(node.inputs[0]!));
    if (factor?.every((v) => v !== 0))
      scale(
        draft,
        node.name,
        node.inputs[0]!,
        factor.map((v) => 1 / v),
      );
  },
  Neg(node, draft) {
    const x = node.inputs[0]!;
    scale(draft, node.name, x, new Float32Array(draft.shape(x).at(-1) ?? 1).fill(-1));
  },
  LeakyRelu(node, draft) {
    const x = node.inputs[0]!;
    const slope = attributesOf(node).float('alpha') ?? 0.2;
    const values = new Float32Array(draft.shape(x).at(-1) ?? 1).fill(slope);
    const slopes = draft.constant(`${node.name}/slope`, { shape: [values.length], values });
    draft.set({ name: node.name, op: 'Prelu', inputs: [x, slopes], attributes: FLOAT });
  },
  Maximum(node, draft) {
    const [x, c] = operands(node, draft);
    if (x !== undefined && c?.every((v) => v === 0)) draft.set({ name: node.name, op: 'Relu', inputs: [x], attributes: FLOAT });
  },
  Minimum(node, draft) {
    const [x, c] = operands(node, draft);
    const before = x === undefined ? undefined : draft.node(x);
    if (before?.op !== 'Relu' || !c?.every((v) => v === 6)) return;
    draft.set({ name: node.name, op: 'Relu6', inputs: [before.inputs[0]!], attributes: FLOAT });
  },
  MatMul(node, draft) {
    const matrix = draft.weight(node, 1);
    if (!matrix || attributesOf(node).flag('transpose_b') !== true) return;
    const turned = transpose(node, matrix, { shape: [2], values: Int32Array.of(1, 0) });
    const inputs = [node.inputs[0]!, draft.constant(`${node.name}/turned`, turned)];
    draft.set({ ...node, inputs, attributes: { ...node.attributes, transpose_b: false } });
  },
};

/** What is combined with a constant that has one value for each channel, and these values. */
function operands(node: GraphNode, draft: Draft): [string, Float32Array] | [undefined, undefined] {
  for (const [x, c] of [
    [0, 1],
    [1, 0],
  ] as const) {
    // prettier-ignore
    const weight = draft.weight(node, c);
    const values = weight && !draft.weight(node, x) && perChannel(weight, draft.shape(node.inputs[x]!));
    if (values) return [node.inputs[x]!, values];
  }
  return [undefined, undefined];
}

function shift(node: GraphNode, draft: Draft, sign: 1 | -1): void {
  const [x, c] = operands(node, draft);
  if (x === undefined) return;
  draft.set({
    name: node.name,
    op: 'AddV2',
    inputs: [
      x,
      vector(
        draft,
        `${node.name}/addend`,
        c.map((v) => sign * v),
      ),
    ],
    attributes: FLOAT,
  });
}

function affine(draft: Draft, name: string, x: string, factor: ArrayLike<number>, addend: ArrayLike<number>): void {
  const scaled = scale(draft, draft.free(`${name}/scaled`), x, factor);
  draft.set({ name, op: 'AddV2', inputs: [scaled, vector(draft, `${name}/addend`, addend)], attributes: FLOAT });
}

function scale(draft: Draft, name: string, x: string, factor: ArrayLike<number>): string {
  return draft.set({ name, op: 'Mul', inputs: [x, vector(draft, `${name}/factor`, factor)], attributes: FLOAT }, draft.shape(x));
}

function vector(draft: Draft, name: string, values: ArrayLike<number>): string {
  return draft.constant(name, { shape: [values.length], values: Float32Array.from(values) });
}
