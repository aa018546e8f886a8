import type { Tensor } from '../../graph/Graph.js';
import { importFailed } from '../importFailed.js';
import { activate } from './activate.js';
import { isList, type Json, property } from './Json.js';
import type { LayerCall, LayerKind, NamedTensor, Value } from './LayerKind.js';
import { settingsOf } from './settings.js';
import { checkShape, onlyInput } from './shapes.js';

export const activation: LayerKind = { build: (call) => activate(call, onlyInput(call), call.config['activation'] ?? null) };

export const relu: LayerKind = {
  build(call) {
    const settings = settingsOf(call);
    const input = onlyInput(call);
    const most = settings.value('max_value') ?? null;
    const slope = settings.number('negative_slope', 0);
    if (settings.number('threshold', 0) !== 0) settings.fail('threshold', settings.value('threshold'));
    if (slope !== 0 && most === null) return leaking(call, input, slope);
    if (slope !== 0 || (most !== null && most !== 6)) settings.fail('max_value', most);
    return activate(call, input, most === null ? 'relu' : 'relu6');
  },
};

export const leakyRelu: LayerKind = {
  build(call) {
    // Keras 2 says alpha, sometimes as an array that was made an object; Keras 3 negative_slope.
    const given = property(call.config, 'negative_slope') ?? property(call.config, 'alpha') ?? 0.3;
    const slope = settingsOf({ ...call, config: { alpha: property(given, 'value') ?? given } }).number('alpha');
    return leaking(call, onlyInput(call), slope);
  },
};

export const prelu: LayerKind = {
  weights: () => ['alpha'],
  build(call) {
    const input = onlyInput(call);
    const [alpha] = call.weights as [NamedTensor];
    const shared = settingsOf(call).value('shared_axes');
    const alike = isList(shared) ? shared : [];
    checkShape(
      alpha,
      input.shape.map((n, axis) => (alike.includes(axis + 1) ? 1 : n)),
    );
    const channels = input.shape.at(-1)!;
    const { values } = alpha.tensor;
    if (values.length !== channels || alpha.tensor.shape.at(-1) !== channels)
      throw importFailed(
        `The layer ${call.name} (PReLU) has a slope for every pixel, row or column; one for each channel is read (shared_axes=[1, 2]).`,
      );
    return { node: call.builder.prelu(call.name, input.node, { shape: [channels], values }), shape: input.shape };
  },
};

export const batchNormalization: LayerKind = {
  weights: (config) => [
    ...(config['scale'] === false ? [] : ['gamma']),
    ...(config['center'] === false ? [] : ['beta']),
    'moving_mean',
    'moving_variance',
  ],
  build(call) {
    const { node, shape } = onlyInput(call);
    const settings = settingsOf(call);
    settings.lastAxis(shape.length);
    const channels = shape.at(-1)!;
    for (const weight of call.weights) checkShape(weight, [channels]);
    const epsilon = settings.number('epsilon', 1e-3);
    const named = new Map(batchNormalization.weights!(call.config).map((role, i) => [role, call.weights[i]!]));
    const [mean, variance] = [named.get('moving_mean')!, named.get('moving_variance')!];
    const bad = variance.tensor.values.findIndex((value) => !(value >= 0 && value + epsilon > 0));
    if (bad >= 0)
      throw importFailed(`The tensor ${variance.name} has a negative variance, ${variance.tensor.values[bad]}, at place ${bad}.`);
    const [gamma, beta] = [named.get('gamma')?.tensor, named.get('beta')?.tensor];
    const options = { mean: mean.tensor, variance: variance.tensor, epsilon, ...(gamma && { gamma }), ...(beta && { beta }) };
    return { node: call.builder.batchNorm(call.name, node, options), shape };
  },
};

/** x · scale + offset, each one number or one for each channel. */
export const rescaling: LayerKind = {
  build(call) {
    const { node, shape } = onlyInput(call);
    const scaled = call.builder.product(`${call.name}/scaled`, node, constant(call, 'scale', 1, shape.at(-1)!));
    return { node: call.builder.sum(call.name, scaled, constant(call, 'offset', 0, shape.at(-1)!)), shape };
  },
};

function constant(call: LayerCall, key: string, otherwise: number, channels: number): string {
  const value: Json = settingsOf(call).value(key) ?? otherwise;
  const list = isList(value) ? value : [value];
  const isNumber = (n: Json): n is number => typeof n === 'number' && Number.isFinite(n);
  if (!list.every(isNumber) || (list.length !== 1 && list.length !== channels)) settingsOf(call).fail(key, value);
  const values = Float32Array.from(list as number[]);
  return call.builder.constant(`${call.name}/${key}`, { shape: values.length === 1 ? [] : [channels], values });
}

function leaking({ builder, name }: LayerCall, { node, shape }: Value, slope: number): Value {
  const channels = shape.at(-1)!;
  const slopes: Tensor = { shape: [channels], values: new Float32Array(channels).fill(slope) };
  return { node: builder.prelu(name, node, slopes), shape };
}
