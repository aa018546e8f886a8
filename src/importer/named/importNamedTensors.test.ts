import { expect, it } from 'vitest';
import { importNamedTensors } from './importNamedTensors.js';

const tensor = { shape: [1], values: Float32Array.of(1) };

it('does not take a classifier of pictures for a recognizer whose layers have the same names', () => {
  // Inception-ResNet-v2 as timm names it: facenet-pytorch's Inception-ResNet-v1 begins with the same modules.
  const keys = ['conv2d_1a', 'conv2d_2a', 'conv2d_2b', 'conv2d_3b', 'conv2d_4a', 'mixed_5b.branch0'].map((at) => `${at}.conv.weight`);
  const tensors = new Map([...keys, 'classif.weight'].map((key) => [key, tensor]));
  expect(() => importNamedTensors(tensors, { format: 'PyTorch', notes: [] }, {})).toThrow(
    'The tensors are those of a network that is not known here (inception-resnet-v1, mobilenet, inception-nn3): conv2d_1a.conv.weight',
  );
});
