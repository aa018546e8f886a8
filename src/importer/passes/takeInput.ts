import type { GraphNode } from '../../graph/Graph.js';
import { Draft } from './Draft.js';
import { isAffine } from './isAffine.js';
import type { Network } from './Network.js';

/** A network, and what it is fed instead of x: x · scale + offset. */
export interface ScaledInput {
  readonly network: Network;
  readonly scale: number;
  readonly offset: number;
}

/**
 * Takes a scale and shift of the picture as a whole out of the network: it is part of the normalization that the engine does anyway.
 * @param scalable whether the engine's normalization can take it
 */
export function takeInputScale(network: Network, scalable: boolean): ScaledInput {
  const draft = new Draft(network);
  let [scale, offset] = [1, 0];
  for (;;) {
    const [reader, ...others] = draft.readers(network.input);
    if (!reader || others.length > 0) break;
    const isScale = isAffine(reader, 'Mul', draft);
    if (!isScale && !isAffine(reader, 'AddV2', draft)) break;
    const { values } = draft.weight(reader, 1)!;
    const value = values[0]!;
    // The engine's own factor is above 0.
    if (!scalable || reader.name === draft.output || values.some((v: number) => v !== value) || (isScale && !(value > 0))) {
      diagonal(reader, isScale, draft);
      break;
    }
    if (isScale) scale *= value;
    offset = isScale ? offset * value : offset + value;
    draft.bypass(reader.name, network.input);
  }
  return { network: draft.network(), scale, offset };
}

/** Scales or shifts the picture's three channels by a convolution: the kernels take no other step on three channels. */
function diagonal(node: GraphNode, isScale: boolean, draft: Draft): void {
  const { values } = draft.weight(node, 1)!;
  const at = (i: number, o: number) => (i !== o ? 0 : isScale ? values[o]! : 1);
  const filter = Float32Array.from({ length: 9 }, (_, n) => at(Math.floor(n / 3), n % 3));
  const x = isScale ? node.name : draft.free(`${node.name}/copied`);
  pointwise(draft, x, node.inputs[0]!, filter);
  if (!isScale) draft.set({ ...node, inputs: [x, node.inputs[1]!] });
}

/** Reads the picture's channels in the opposite order, by reordering the filters that read it. */
export function swapChannels(network: Network): Network {
  const draft = new Draft(network);
  const readers = filtersOf(network.input, draft);
  if (readers) for (const reader of readers) swapFilter(reader, draft);
  else {
    const swapped = draft.free('swapped');
    const before = draft.readers(network.input);
    pointwise(draft, swapped, network.input, Float32Array.of(0, 0, 1, 0, 1, 0, 1, 0, 0));
    for (const reader of before) {
      draft.set({ ...reader, inputs: reader.inputs.map((name) => (name === network.input ? swapped : name)) });
    }
  }
  return draft.network();
}

/** All convolutions that read a picture, perhaps with zeros around it; undefined if anything else reads it. */
function filtersOf(picture: string, draft: Draft): GraphNode[] | undefined {
  const found: GraphNode[] = [];
  for (const reader of draft.readers(picture)) {
    const more = reader.op === 'Pad' && reader.name !== draft.output ? filtersOf(reader.name, draft) : undefined;
    if (more) found.push(...more);
    else if (reader.op === 'Conv2D' && draft.weight(reader, 1)) found.push(reader);
    else return undefined;
  }
  return found;
}

function swapFilter(node: GraphNode, draft: Draft): void {
  const { shape, values } = draft.weight(node, 1)!;
  const outputs = shape[3]!;
  const swapped = Float32Array.from(values, (_, n) => {
    const input = Math.floor(n / outputs) % 3;
    return values[n + (2 - 2 * input) * outputs]!;
  });
  draft.set({ ...node, inputs: [node.inputs[0]!, draft.constant(`${node.name}/filter`, { shape, values: swapped })] });
}

/** A 1×1 convolution from three channels to three. */
function pointwise(draft: Draft, name: string, x: string, values: Float32Array): void {
  const filter = draft.constant(`${name}/filter`, { shape: [1, 1, 3, 3], values });
  const one = [1, 1, 1, 1];
  const attributes = { T: { type: 'DT_FLOAT' }, strides: one, dilations: one, padding: 'VALID', data_format: 'NHWC' };
  draft.set({ name, op: 'Conv2D', inputs: [x, filter], attributes }, draft.shape(x));
}
