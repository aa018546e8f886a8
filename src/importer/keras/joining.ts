import { importFailed } from '../importFailed.js';
import { isList } from './Json.js';
import type { LayerCall, LayerKind, Value } from './LayerKind.js';
import { settingsOf } from './settings.js';
import { onlyInput } from './shapes.js';

/** What only training uses. */
export const leftOut: LayerKind = { build: onlyInput };

export const add: LayerKind = {
  build(call) {
    const [first, ...rest] = several(call);
    for (const { shape } of rest) sameShape(call, first.shape, shape);
    const node = rest.reduce(
      (sum, { node: next }, i) => call.builder.sum(i < rest.length - 1 ? `${call.name}/${i}` : call.name, sum, next),
      first.node,
    );
    return { node, shape: first.shape };
  },
};

export const concatenate: LayerKind = {
  build(call) {
    const [first, ...rest] = several(call);
    settingsOf(call).lastAxis(first.shape.length);
    for (const { shape } of rest) sameShape(call, first.shape.slice(0, -1), shape.slice(0, -1));
    const channels = call.inputs.reduce((sum, { shape }) => sum + shape.at(-1)!, 0);
    const parts = call.inputs.map(({ node }) => node);
    return { node: call.builder.concat(call.name, parts), shape: [...first.shape.slice(0, -1), channels] };
  },
};

export const flatten: LayerKind = {
  build(call) {
    const { node, shape } = onlyInput(call);
    if (shape.length > 1) settingsOf(call).channelsLast();
    const size = sizeOf(shape);
    return { node: call.builder.reshape(call.name, node, [1, size]), shape: [size] };
  },
};

export const reshape: LayerKind = {
  build(call) {
    const { node, shape } = onlyInput(call);
    const settings = settingsOf(call);
    const target = settings.value('target_shape');
    const wanted = isList(target) ? target.map(Number) : [];
    const known = sizeOf(wanted.filter((n) => n !== -1));
    const result = wanted.map((n) => (n === -1 ? sizeOf(shape) / known : n));
    if (!isList(target) || !result.every((n) => Number.isInteger(n) && n > 0) || sizeOf(result) !== sizeOf(shape))
      settings.fail('target_shape', target);
    return { node: call.builder.reshape(call.name, node, [1, ...result]), shape: result };
  },
};

/** Unit length along the last axis. */
export const unitNormalization: LayerKind = {
  build(call) {
    const { node, shape } = onlyInput(call);
    settingsOf(call).lastAxis(shape.length);
    return { node: call.builder.l2Normalize(call.name, node), shape };
  },
};

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

function several({ name, className, inputs }: LayerCall): readonly [Value, ...Value[]] {
  const [first, ...rest] = inputs;
  if (!first || rest.length === 0) throw importFailed(`The layer ${name} (${className}) has ${inputs.length} inputs, wanted 2 or more.`);
  return [first, ...rest];
}

function sameShape({ name, className }: LayerCall, a: readonly number[], b: readonly number[]): void {
  if (a.join() !== b.join())
    throw importFailed(`The layer ${name} (${className}) joins [${a.join(', ')}] with [${b.join(', ')}], which do not fit.`);
}
