import type { Architecture } from './Architecture.js';
import type { LayerWriter } from './LayerWriter.js';
import { residualBlock, residualBlocks, type ResidualBlock } from './residualBlocks.js';

const UNIT = { then: 'norm', activation: 'relu' } as const;

const BLOCK35: ResidualBlock = {
  branches: [
    [['Branch_0/Conv2d_1x1', [1, 1], 32]],
    [
      ['Branch_1/Conv2d_0a_1x1', [1, 1], 32],
      ['Branch_1/Conv2d_0b_3x3', [3, 3], 32],
    ],
    [
      ['Branch_2/Conv2d_0a_1x1', [1, 1], 32],
      ['Branch_2/Conv2d_0b_3x3', [3, 3], 32],
      ['Branch_2/Conv2d_0c_3x3', [3, 3], 32],
    ],
  ],
  width: 256,
  factor: 0.17,
  relu: true,
};
const BLOCK17: ResidualBlock = {
  branches: [
    [['Branch_0/Conv2d_1x1', [1, 1], 128]],
    [
      ['Branch_1/Conv2d_0a_1x1', [1, 1], 128],
      ['Branch_1/Conv2d_0b_1x7', [1, 7], 128],
      ['Branch_1/Conv2d_0c_7x1', [7, 1], 128],
    ],
  ],
  width: 896,
  factor: 0.1,
  relu: true,
};
const BLOCK8: ResidualBlock = {
  branches: [
    [['Branch_0/Conv2d_1x1', [1, 1], 192]],
    [
      ['Branch_1/Conv2d_0a_1x1', [1, 1], 192],
      ['Branch_1/Conv2d_0b_1x3', [1, 3], 192],
      ['Branch_1/Conv2d_0c_3x1', [3, 1], 192],
    ],
  ],
  width: 1792,
  factor: 0.2,
  relu: true,
};

/**
 * Inception-ResNet-v1 (Szegedy et al. 2016) as David Sandberg's FaceNet has it, with an embedding of 512 or 128 values. Layers go by the
 * names that TensorFlow and Keras give them: `Conv2d_1a_3x3`, `Block35_1/Branch_0/Conv2d_1x1` … `Block8_5/Conv2d_1x1`, then `Block8`, the
 * last one, which has neither scale nor activation, and `Bottleneck`. A file may have fewer blocks, and no `Mixed_7a`.
 */
export const inceptionResnetV1: Architecture = {
  id: 'inception-resnet-v1',
  name: 'Inception-ResNet-v1',
  inputSize: 160,
  write(net, picture) {
    let x = net.conv('Conv2d_1a_3x3', picture, { ...UNIT, size: [3, 3], width: 32, stride: 2, padding: 'VALID' });
    x = net.conv('Conv2d_2a_3x3', x, { ...UNIT, size: [3, 3], width: 32, padding: 'VALID' });
    x = net.conv('Conv2d_2b_3x3', x, { ...UNIT, size: [3, 3], width: 64 });
    x = net.maxPool('MaxPool_3a_3x3', x, 3, 2, 'VALID');
    x = net.conv('Conv2d_3b_1x1', x, { ...UNIT, size: [1, 1], width: 80 });
    x = net.conv('Conv2d_4a_3x3', x, { ...UNIT, size: [3, 3], width: 192, padding: 'VALID' });
    x = net.conv('Conv2d_4b_3x3', x, { ...UNIT, size: [3, 3], width: 256, stride: 2, padding: 'VALID' });
    x = residualBlocks(net, 'Block35', 5, x, BLOCK35);
    x = mixed6a(net, x);
    x = residualBlocks(net, 'Block17', 10, x, BLOCK17);
    if (net.has('Mixed_7a/Branch_0/Conv2d_0a_1x1', true)) x = mixed7a(net, x);
    x = residualBlocks(net, 'Block8', 5, x, BLOCK8);
    x = residualBlock(net, 'Block8', x, { ...BLOCK8, factor: 1, relu: false });
    return net.dense('Bottleneck', net.globalAverage('AvgPool', x), { width: 512, then: 'norm' });
  },
};

/** Half the height and width. */
function mixed6a(net: LayerWriter, x: string): string {
  const down = { ...UNIT, size: [3, 3], stride: 2, padding: 'VALID' } as const;
  const branch0 = net.conv('Mixed_6a/Branch_0/Conv2d_1a_3x3', x, { ...down, width: 384 });
  let branch1 = net.conv('Mixed_6a/Branch_1/Conv2d_0a_1x1', x, { ...UNIT, size: [1, 1], width: 192 });
  branch1 = net.conv('Mixed_6a/Branch_1/Conv2d_0b_3x3', branch1, { ...UNIT, size: [3, 3], width: 192 });
  branch1 = net.conv('Mixed_6a/Branch_1/Conv2d_1a_3x3', branch1, { ...down, width: 256 });
  return net.concat('Mixed_6a', [branch0, branch1, net.maxPool('Mixed_6a/Branch_2/MaxPool_1a_3x3', x, 3, 2, 'VALID')]);
}

/** Half the height and width. */
function mixed7a(net: LayerWriter, x: string): string {
  const down = { ...UNIT, size: [3, 3], stride: 2, padding: 'VALID' } as const;
  const narrow = (branch: number) => net.conv(`Mixed_7a/Branch_${branch}/Conv2d_0a_1x1`, x, { ...UNIT, size: [1, 1], width: 256 });
  const branch0 = net.conv('Mixed_7a/Branch_0/Conv2d_1a_3x3', narrow(0), { ...down, width: 384 });
  const branch1 = net.conv('Mixed_7a/Branch_1/Conv2d_1a_3x3', narrow(1), { ...down, width: 256 });
  let branch2 = net.conv('Mixed_7a/Branch_2/Conv2d_0b_3x3', narrow(2), { ...UNIT, size: [3, 3], width: 256 });
  branch2 = net.conv('Mixed_7a/Branch_2/Conv2d_1a_3x3', branch2, { ...down, width: 256 });
  return net.concat('Mixed_7a', [branch0, branch1, branch2, net.maxPool('Mixed_7a/Branch_3/MaxPool_1a_3x3', x, 3, 2, 'VALID')]);
}
