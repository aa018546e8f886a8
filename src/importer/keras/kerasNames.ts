import type { Naming } from '../architectures/Naming.js';
import type { Part } from '../architectures/WeightSource.js';

const ROLES: Readonly<Record<Part, string>> = {
  filter: 'kernel',
  depthwise: 'depthwise_kernel',
  weights: 'kernel',
  bias: 'bias',
  gamma: 'gamma',
  beta: 'beta',
  mean: 'moving_mean',
  variance: 'moving_variance',
};
const NORM: readonly Part[] = ['gamma', 'beta', 'mean', 'variance'];

/** FaceNet-MobileNet as bubbliiiing/facenet-tf2 names its layers. */
export const mobilenetNames: Naming = (layer, part) => {
  const norm = layer === 'Bottleneck' ? 'BatchNorm_Bottleneck' : `${layer}_bn`;
  return named(NORM.includes(part) ? norm : layer, part);
};

/**
 * Inception-ResNet-v1 as `facenet_keras.h5` names its layers: `Block35_1_Branch_0_Conv2d_1x1`. The last Block8 has a number there.
 * @param last that number
 */
export const inceptionResnetNames =
  (last: number): Naming =>
  (layer, part) => {
    if (layer.startsWith(`Block8_${last}/`)) return undefined;
    const name = layer.replace(/^Block8\//, `Block8_${last}/`).replaceAll('/', '_');
    return named(NORM.includes(part) ? `${name}_BatchNorm` : name, part);
  };

function named(layer: string, part: Part) {
  return { layer, tensor: `${layer}/${ROLES[part]}:0` };
}
