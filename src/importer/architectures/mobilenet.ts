import type { Architecture } from './Architecture.js';

/** Outputs and stride of each of the 13 pairs of a depthwise and a 1×1 convolution. */
const BLOCKS: readonly (readonly [width: number, stride: number])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];

/**
 * MobileNet v1 (Howard et al. 2017) with an embedding of 128 values, as FaceNet-MobileNet in Keras and this project's `mobilenet-160` have
 * it. Layers go by Keras' names: `conv1`, `conv_dw_1`, `conv_pw_1` … `conv_pw_13`, `Bottleneck`, each with a batch norm.
 */
export const mobilenet: Architecture = {
  id: 'mobilenet',
  name: 'MobileNet v1',
  inputSize: 160,
  write(net, picture) {
    const unit = { then: 'norm', activation: 'relu6' } as const;
    let x = net.conv('conv1', picture, { ...unit, size: [3, 3], width: 32, stride: 2 });
    for (const [i, [width, stride]] of BLOCKS.entries()) {
      const keepsWidth = width === BLOCKS[i - 1]?.[0];
      x = net.depthwise(`conv_dw_${i + 1}`, x, { ...unit, size: [3, 3], stride });
      x = net.conv(`conv_pw_${i + 1}`, x, { ...unit, size: [1, 1], width, keepsWidth });
    }
    return net.dense('Bottleneck', net.globalAverage('pool', x), { width: 128, then: 'norm' });
  },
};
