import type { Attribute } from '../../graph/Graph.js';
import type { GraphBuilder } from '../GraphBuilder.js';
import { importFailed } from '../importFailed.js';
import { MAX_INPUT_SIZE } from '../limits.js';
import { attributeOf } from './attributeOf.js';
import type { TfNode } from './messages.js';
import { OPERATORS } from './operators.js';
import { unsupported } from './unsupported.js';

const FLOAT = { T: { type: 'DT_FLOAT' } } as const;
/**
 * Writes down one node.
 * @param inputs names of what it reads, in the written graph
 * @returns its name there
 * @throws VisavisError `import-failed` that names the node
 */
export function translateNode(node: TfNode, inputs: readonly string[], builder: GraphBuilder): string {
  const { name, op } = node;
  const operator = OPERATORS.get(op);
  if (!operator) throw unsupported(node);
  if (operator.inputs === Infinity ? inputs.length < 2 : inputs.length !== operator.inputs) {
    throw importFailed(`The node ${name} (${op}) has ${inputs.length} inputs, which is not what this operator reads.`);
  }
  if (op === 'Concat') return builder.concatAlong(name, inputs.slice(1), inputs[0]!);
  if (op === 'ConcatV2') return builder.concatAlong(name, inputs.slice(0, -1), inputs.at(-1)!);
  if (op === 'SquaredDifference') {
    const difference = builder.difference(`${name}/difference`, inputs[0]!, inputs[1]!);
    return builder.product(name, difference, difference);
  }
  const attributes: Record<string, Attribute> = { ...FLOAT };
  for (const [key, kind] of Object.entries(operator.attributes ?? {})) {
    const value = attributeOf(node, key, kind);
    if (value !== undefined) attributes[key] = value;
  }
  const { data_format: layout = 'NHWC' } = attributes;
  if (layout !== 'NHWC') {
    throw importFailed(`The node ${name} (${op}) has channels first (${JSON.stringify(layout)}): export the network with NHWC.`);
  }
  for (const key of ['strides', 'dilations', 'ksize']) {
    const sizes = attributes[key];
    if (Array.isArray(sizes) && (sizes.length !== 4 || sizes[0] !== 1 || sizes[3] !== 1))
      throw importFailed(`The node ${name} (${op}) has the ${key} [${sizes.join(', ')}]: windows move over rows and columns only.`);
  }
  const { explicit_paddings: around, ...rest } = attributes;
  const padded = rest.padding === 'EXPLICIT' ? padding(node, inputs[0]!, around, builder) : inputs[0]!;
  if (rest.padding === 'EXPLICIT') rest.padding = 'VALID';
  return builder.add(name, operator.as ?? op, [padded, ...inputs.slice(1)], rest);
}

/** Zeros that a convolution adds itself become a node of their own. */
function padding({ name, op }: TfNode, x: string, around: Attribute | undefined, builder: GraphBuilder): string {
  const sizes = Array.isArray(around) ? around.map(Number) : [];
  const [, , top, bottom, left, right] = sizes;
  const wrong = [0, 1, 6, 7].some((i) => sizes[i] !== 0) || sizes.some((n) => !(n >= 0 && n <= MAX_INPUT_SIZE));
  if (!op.includes('Conv') || sizes.length !== 8 || wrong) {
    throw importFailed(`The node ${name} (${op}) pads in a way that is not supported: explicit_paddings [${sizes.join(', ')}].`);
  }
  return builder.pad(`${name}/pad`, x, [top!, bottom!], [left!, right!]);
}
