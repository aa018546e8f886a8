import { importFailed } from '../importFailed.js';
import { activate } from './activate.js';
import type { LayerCall, LayerKind, NamedTensor } from './LayerKind.js';
import { settingsOf } from './settings.js';
import { checkShape, onlyInput, pictureOf, slid } from './shapes.js';

const withBias = (config: LayerCall['config'], ...names: string[]): string[] => (config['use_bias'] === false ? names : [...names, 'bias']);

export const conv2d: LayerKind = {
  weights: (config) => withBias(config, 'kernel'),
  build(call) {
    const settings = settingsOf(call);
    const { node, shape } = pictureOf(call);
    if (settings.number('groups', 1) !== 1) settings.fail('groups', settings.value('groups'));
    const size = settings.pair('kernel_size', 1);
    const [kernel, bias] = call.weights;
    checkShape(kernel!, [...size, shape[2], settings.number('filters')]);
    const [options, places] = windowOf(call, [shape[0], shape[1]]);
    const result = call.builder.conv(call.name, node, kernel!.tensor, options, biasOf(bias, kernel!.tensor.shape[3]!));
    return activate(call, { node: result, shape: [...places, kernel!.tensor.shape[3]!] }, call.config['activation']);
  },
};

export const depthwiseConv2d: LayerKind = {
  weights: (config) => withBias(config, 'depthwise_kernel'),
  build(call) {
    const { node, shape } = pictureOf(call);
    const multiplier = settingsOf(call).number('depth_multiplier', 1);
    const [kernel, bias] = call.weights;
    checkShape(kernel!, [...settingsOf(call).pair('kernel_size', 1), shape[2], multiplier]);
    const [options, places] = windowOf(call, [shape[0], shape[1]]);
    const channels = shape[2] * multiplier;
    const result = call.builder.depthwiseConv(call.name, node, kernel!.tensor, options, biasOf(bias, channels));
    return activate(call, { node: result, shape: [...places, channels] }, call.config['activation']);
  },
};

export const separableConv2d: LayerKind = {
  weights: (config) => withBias(config, 'depthwise_kernel', 'pointwise_kernel'),
  build(call) {
    const settings = settingsOf(call);
    const { node, shape } = pictureOf(call);
    const multiplier = settings.number('depth_multiplier', 1);
    const [depthwise, pointwise, bias] = call.weights;
    checkShape(depthwise!, [...settings.pair('kernel_size', 1), shape[2], multiplier]);
    checkShape(pointwise!, [1, 1, shape[2] * multiplier, settings.number('filters')]);
    const [options, places] = windowOf(call, [shape[0], shape[1]]);
    const deep = call.builder.depthwiseConv(`${call.name}/depthwise`, node, depthwise!.tensor, options);
    const width = pointwise!.tensor.shape[3]!;
    const result = call.builder.conv(call.name, deep, pointwise!.tensor, { padding: 'VALID' }, biasOf(bias, width));
    return activate(call, { node: result, shape: [...places, width] }, call.config['activation']);
  },
};

export const dense: LayerKind = {
  weights: (config) => withBias(config, 'kernel'),
  build(call) {
    const { node, shape } = onlyInput(call);
    if (shape.length !== 1)
      throw importFailed(
        `The layer ${call.name} (Dense) gets [${shape.join(', ')}], wanted [values]: a Flatten or pooling before it is missing.`,
      );
    const [kernel, bias] = call.weights;
    checkShape(kernel!, [shape[0]!, settingsOf(call).number('units')]);
    const width = kernel!.tensor.shape[1]!;
    const result = call.builder.dense(call.name, node, kernel!.tensor, biasOf(bias, width));
    return activate(call, { node: result, shape: [width] }, call.config['activation']);
  },
};

function windowOf(call: LayerCall, picture: readonly [number, number]) {
  const settings = settingsOf(call);
  settings.channelsLast();
  const [strides, dilations, padding] = [settings.pair('strides', 1, 1), settings.pair('dilation_rate', 1, 1), settings.padding()];
  const places = slid(call, picture, settings.pair('kernel_size', 1), strides, padding, dilations);
  return [{ strides, dilations, padding }, places] as const;
}

function biasOf(bias: NamedTensor | undefined, width: number): NamedTensor['tensor'] | undefined {
  if (bias) checkShape(bias, [width]);
  return bias?.tensor;
}
