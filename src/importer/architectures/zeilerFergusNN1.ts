import type { Architecture } from './Architecture.js';

/** 1×1 and 3×3 convolutions of each stage, from the second one on: widths. */
const STAGES: readonly (readonly [name: string, reduce: number, width: number])[] = [
  ['2', 64, 192],
  ['3', 192, 384],
  ['4', 384, 256],
  ['5', 256, 256],
  ['6', 256, 256],
];
/** Stages that halve the picture at their end. */
const HALVING = new Set(['2', '3', '6']);

/**
 * Zeiler & Fergus' network with 1×1 convolutions, NN1 of the FaceNet paper (Schroff et al. 2015, table 1), with batch norms where it has
 * local response normalization: at 220 pixels 140 M parameters and 1.6 G multiply-adds. Its first two dense layers take the larger of two
 * values each (maxout). Layers go by `conv1`, `conv2a`, `conv2` …, `fc1/0`, `fc1/1`, `fc2/0`, `fc2/1` and `fc7128`.
 */
export const zeilerFergusNN1: Architecture = {
  id: 'zeiler-fergus-nn1',
  name: 'FaceNet NN1 (Zeiler & Fergus)',
  inputSize: 220,
  write(net, picture) {
    const unit = { then: 'norm', activation: 'relu' } as const;
    let x = net.conv('conv1', picture, { ...unit, size: [7, 7], width: 64, stride: 2 });
    x = net.maxPool('pool1', x, 3, 2, 'SAME');
    for (const [stage, reduce, width] of STAGES) {
      x = net.conv(`conv${stage}a`, x, { ...unit, size: [1, 1], width: reduce });
      x = net.conv(`conv${stage}`, x, { ...unit, size: [3, 3], width });
      if (HALVING.has(stage)) x = net.maxPool(`pool${stage}`, x, 3, 2, 'SAME');
    }
    x = net.flatten('flat', x);
    for (const layer of ['fc1', 'fc2']) {
      const [a, b] = [0, 1].map((half) => net.dense(`${layer}/${half}`, x, { width: 4096, then: 'bias' }));
      x = net.larger(layer, a!, b!);
    }
    return net.dense('fc7128', x, { width: 128, then: 'bias' });
  },
};
