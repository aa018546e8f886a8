import type { Architecture } from './Architecture.js';
import type { LayerWriter } from './LayerWriter.js';
import { residualBlock, residualBlocks, type BranchLayer, type ResidualBlock } from './residualBlocks.js';

const UNIT = { then: 'norm', activation: 'relu' } as const;
const DOWN = { ...UNIT, size: [3, 3], stride: 2, padding: 'VALID' } as const;

const BLOCK35: ResidualBlock = {
  branches: [
    [['Branch_0/Conv2d_1x1', [1, 1], 32]],
    [
      ['Branch_1/Conv2d_0a_1x1', [1, 1], 32],
      ['Branch_1/Conv2d_0b_3x3', [3, 3], 32],
    ],
    [
      ['Branch_2/Conv2d_0a_1x1', [1, 1], 32],
      ['Branch_2/Conv2d_0b_3x3', [3, 3], 48],
      ['Branch_2/Conv2d_0c_3x3', [3, 3], 64],
    ],
  ],
  width: 320,
  factor: 0.17,
  relu: true,
};
const BLOCK17: ResidualBlock = {
  branches: [
    [['Branch_0/Conv2d_1x1', [1, 1], 192]],
    [
      ['Branch_1/Conv2d_0a_1x1', [1, 1], 128],
      ['Branch_1/Conv2d_0b_1x7', [1, 7], 160],
      ['Branch_1/Conv2d_0c_7x1', [7, 1], 192],
    ],
  ],
  width: 1088,
  factor: 0.1,
  relu: true,
};
const BLOCK8: ResidualBlock = {
  branches: [
    [['Branch_0/Conv2d_1x1', [1, 1], 192]],
    [
      ['Branch_1/Conv2d_0a_1x1', [1, 1], 192],
      ['Branch_1/Conv2d_0b_1x3', [1, 3], 224],
      ['Branch_1/Conv2d_0c_3x1', [3, 1], 256],
    ],
  ],
  width: 2080,
  factor: 0.2,
  relu: true,
};

/**
 * Inception-ResNet-v2 (Szegedy et al. 2016) as David Sandberg's FaceNet has it, with an embedding of 128 values. Layers go by slim's names, as in Inception-ResNet-v1.
 */
export const inceptionResnetV2: Architecture = {
  id: 'inception-resnet-v2',
  name: 'Inception-ResNet-v2',
  inputSize: 160,
  write(net, picture) {
    let x = net.conv('Conv2d_1a_3x3', picture, { ...DOWN, width: 32 });
    x = net.conv('Conv2d_2a_3x3', x, { ...UNIT, size: [3, 3], width: 32, padding: 'VALID' });
    x = net.conv('Conv2d_2b_3x3', x, { ...UNIT, size: [3, 3], width: 64 });
    x = net.maxPool('MaxPool_3a_3x3', x, 3, 2, 'VALID');
    x = net.conv('Conv2d_3b_1x1', x, { ...UNIT, size: [1, 1], width: 80, padding: 'VALID' });
    x = net.conv('Conv2d_4a_3x3', x, { ...UNIT, size: [3, 3], width: 192, padding: 'VALID' });
    x = net.maxPool('MaxPool_5a_3x3', x, 3, 2, 'VALID');
    x = mixed5b(net, x);
    x = residualBlocks(net, 'Block35', 10, x, BLOCK35);
    x = mixed6a(net, x);
    x = residualBlocks(net, 'Block17', 20, x, BLOCK17);
    x = mixed7a(net, x);
    x = residualBlocks(net, 'Block8', 9, x, BLOCK8);
    x = residualBlock(net, 'Block8', x, { ...BLOCK8, factor: 1, relu: false });
    x = net.conv('Conv2d_7b_1x1', x, { ...UNIT, size: [1, 1], width: 1536 });
    return net.dense('Bottleneck', net.globalAverage('AvgPool', x), { width: 128, then: 'norm' });
  },
};

/** Layers one after another, SAME. */
function chain(net: LayerWriter, name: string, x: string, layers: readonly BranchLayer[]): string {
  return layers.reduce((from, [layer, size, width]) => net.conv(`${name}/${layer}`, from, { ...UNIT, size, width }), x);
}

function mixed5b(net: LayerWriter, x: string): string {
  const branch0 = chain(net, 'Mixed_5b', x, [['Branch_0/Conv2d_1x1', [1, 1], 96]]);
  const branch1 = chain(net, 'Mixed_5b', x, [
    ['Branch_1/Conv2d_0a_1x1', [1, 1], 48],
    ['Branch_1/Conv2d_0b_5x5', [5, 5], 64],
  ]);
  const branch2 = chain(net, 'Mixed_5b', x, [
    ['Branch_2/Conv2d_0a_1x1', [1, 1], 64],
    ['Branch_2/Conv2d_0b_3x3', [3, 3], 96],
    ['Branch_2/Conv2d_0c_3x3', [3, 3], 96],
  ]);
  const pooled = net.averagePool('Mixed_5b/Branch_3/AvgPool_0a_3x3', x, 3, 1, 'SAME');
  const branch3 = chain(net, 'Mixed_5b', pooled, [['Branch_3/Conv2d_0b_1x1', [1, 1], 64]]);
  return net.concat('Mixed_5b', [branch0, branch1, branch2, branch3]);
}

/** Half the height and width. */
function mixed6a(net: LayerWriter, x: string): string {
  const branch0 = net.conv('Mixed_6a/Branch_0/Conv2d_1a_3x3', x, { ...DOWN, width: 384 });
  const narrow = chain(net, 'Mixed_6a', x, [
    ['Branch_1/Conv2d_0a_1x1', [1, 1], 256],
    ['Branch_1/Conv2d_0b_3x3', [3, 3], 256],
  ]);
  const branch1 = net.conv('Mixed_6a/Branch_1/Conv2d_1a_3x3', narrow, { ...DOWN, width: 384 });
  return net.concat('Mixed_6a', [branch0, branch1, net.maxPool('Mixed_6a/Branch_2/MaxPool_1a_3x3', x, 3, 2, 'VALID')]);
}

/** Half the height and width. */
function mixed7a(net: LayerWriter, x: string): string {
  const narrow = (branch: number) => chain(net, 'Mixed_7a', x, [[`Branch_${branch}/Conv2d_0a_1x1`, [1, 1], 256]]);
  const branch0 = net.conv('Mixed_7a/Branch_0/Conv2d_1a_3x3', narrow(0), { ...DOWN, width: 384 });
  const branch1 = net.conv('Mixed_7a/Branch_1/Conv2d_1a_3x3', narrow(1), { ...DOWN, width: 288 });
  const wide = chain(net, 'Mixed_7a', narrow(2), [['Branch_2/Conv2d_0b_3x3', [3, 3], 288]]);
  const branch2 = net.conv('Mixed_7a/Branch_2/Conv2d_1a_3x3', wide, { ...DOWN, width: 320 });
  return net.concat('Mixed_7a', [branch0, branch1, branch2, net.maxPool('Mixed_7a/Branch_3/MaxPool_1a_3x3', x, 3, 2, 'VALID')]);
}
