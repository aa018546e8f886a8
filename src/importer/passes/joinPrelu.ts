import type { GraphNode } from '../../graph/Graph.js';
import { Draft } from './Draft.js';
import { isAffine } from './isAffine.js';
import type { Network } from './Network.js';

/** p · x + q · |x|, with a p and q for each channel. */
interface Form {
  readonly p: Float64Array;
  readonly q: Float64Array;
}

/** Operations that one PReLU may be spelled with, one behind another. */
const MOST_STEPS = 8;
/** How far a slope for values above zero may be from 1. */
const TOLERANCE = 1e-6;

/**
 * Makes one Prelu of those that writers for other devices spell out: relu(x) + α/2 · (x − |x|), relu(x) − α · relu(−x), and whatever else is a
 * sum of x, |x| and ReLUs that leaves values above zero as they are. Follows `lowerScales`.
 */
export function joinPrelu(network: Network): Network {
  const draft = new Draft(network);
  for (const node of draft.nodes()) {
    if (node.op !== 'AddV2' || !draft.node(node.name)) continue;
    for (const source of sourcesOf(node, draft)) {
      const form = formOf(node, source, draft, MOST_STEPS);
      if (!form?.p.every((p, c) => Math.abs(p + form.q[c]! - 1) <= TOLERANCE)) continue;
      const values = Float32Array.from(form.p, (p, c) => p - form.q[c]!);
      const slope = draft.constant(`${node.name}/slope`, { shape: [values.length], values });
      draft.set({ name: node.name, op: 'Prelu', inputs: [source, slope], attributes: { T: { type: 'DT_FLOAT' } } });
      break;
    }
  }
  return draft.network();
}

/** What the x of a spelled-out PReLU may be: that of which the first |x| or ReLU is taken, or what it is the negative of. */
function sourcesOf(node: GraphNode, draft: Draft): readonly string[] {
  const waiting = [...node.inputs];
  for (let n = 0; n < MOST_STEPS && waiting.length > 0; n++) {
    const each = draft.node(waiting.shift()!);
    if (each?.op === 'Abs' || each?.op === 'Relu') {
      const [x = ''] = each.inputs;
      const before = draft.node(x);
      return before && isAffine(before, 'Mul', draft) ? [before.inputs[0]!, x] : [x];
    }
    if (each?.op === 'AddV2' || each?.op === 'Mul') waiting.push(...each.inputs);
  }
  return [];
}

/**
 * What a node computes of a source, channel by channel; undefined where it is anything else.
 * @param known what others compute of it: sums of sums may read the same again and again
 */
function formOf(
  node: GraphNode | undefined,
  source: string,
  draft: Draft,
  steps: number,
  known = new Map<string, Form>(),
): Form | undefined {
  if (!node || steps === 0) return undefined;
  const form = known.get(node.name) ?? computed(node, source, draft, steps, known);
  if (form) known.set(node.name, form);
  return form;
}

function computed(node: GraphNode, source: string, draft: Draft, steps: number, known: Map<string, Form>): Form | undefined {
  const { op } = node;
  if (node.name === source) {
    const channels = draft.shape(source).at(-1) ?? 1;
    return { p: new Float64Array(channels).fill(1), q: new Float64Array(channels) };
  }
  const of = (i: number) => formOf(draft.node(node.inputs[i]!), source, draft, steps - 1, known);
  if (op === 'AddV2') {
    const a = of(0);
    const b = a && of(1);
    return b && { p: a.p.map((p, c) => p + b.p[c]!), q: a.q.map((q, c) => q + b.q[c]!) };
  }
  const a = of(0);
  if (!a) return undefined;
  if (isAffine(node, 'Mul', draft)) {
    const { values } = draft.weight(node, 1)!;
    return { p: a.p.map((p, c) => p * values[c]!), q: a.q.map((q, c) => q * values[c]!) };
  }
  // Of p · x alone: |p · x| is |p| · |x|, and relu(y) is (y + |y|) / 2.
  if (a.q.some((q) => q !== 0)) return undefined;
  if (op === 'Abs') return { p: new Float64Array(a.p.length), q: a.p.map(Math.abs) };
  if (op === 'Relu') return { p: a.p.map((p) => p / 2), q: a.p.map((p) => Math.abs(p) / 2) };
  return undefined;
}
