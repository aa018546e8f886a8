import type { Architecture } from './Architecture.js';
import type { LayerWriter } from './LayerWriter.js';

const UNIT = { then: 'norm', activation: 'relu' } as const;

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
    x = blocks(net, 'Block35', 5, x, (name, from) => block35(net, name, from));
    x = mixed6a(net, x);
    x = blocks(net, 'Block17', 10, x, (name, from) => block17(net, name, from));
    if (net.has('Mixed_7a/Branch_0/Conv2d_0a_1x1', true)) x = mixed7a(net, x);
    x = blocks(net, 'Block8', 5, x, (name, from) => net.relu(`${name}/Activation`, block8(net, name, from, 0.2)));
    x = block8(net, 'Block8', x, 1);
    return net.dense('Bottleneck', net.globalAverage('AvgPool', x), { width: 512, then: 'norm' });
  },
};

/** As many blocks as there are, one after another. */
function blocks(net: LayerWriter, kind: string, usual: number, start: string, write: (name: string, x: string) => string): string {
  let x = start;
  for (let n = 1; net.has(`${kind}_${n}/Branch_0/Conv2d_1x1`, n <= usual); n++) x = write(`${kind}_${n}`, x);
  return x;
}

/** x + factor · (what the branches, side by side, become with x's width). */
function joined(net: LayerWriter, name: string, x: string, branches: readonly string[], width: number, factor: number): string {
  const up = net.conv(`${name}/Conv2d_1x1`, net.concat(`${name}/Concatenate`, branches), { size: [1, 1], width, then: 'bias' });
  return net.residual(`${name}/Sum`, x, up, factor);
}

function block35(net: LayerWriter, name: string, x: string): string {
  const unit = (layer: string, from: string, side: number) =>
    net.conv(`${name}/${layer}`, from, { ...UNIT, size: [side, side], width: 32 });
  const branch0 = unit('Branch_0/Conv2d_1x1', x, 1);
  const branch1 = unit('Branch_1/Conv2d_0b_3x3', unit('Branch_1/Conv2d_0a_1x1', x, 1), 3);
  const branch2 = unit('Branch_2/Conv2d_0c_3x3', unit('Branch_2/Conv2d_0b_3x3', unit('Branch_2/Conv2d_0a_1x1', x, 1), 3), 3);
  return net.relu(`${name}/Activation`, joined(net, name, x, [branch0, branch1, branch2], 256, 0.17));
}

function block17(net: LayerWriter, name: string, x: string): string {
  const branch0 = net.conv(`${name}/Branch_0/Conv2d_1x1`, x, { ...UNIT, size: [1, 1], width: 128 });
  let branch1 = net.conv(`${name}/Branch_1/Conv2d_0a_1x1`, x, { ...UNIT, size: [1, 1], width: 128 });
  branch1 = net.conv(`${name}/Branch_1/Conv2d_0b_1x7`, branch1, { ...UNIT, size: [1, 7], width: 128 });
  branch1 = net.conv(`${name}/Branch_1/Conv2d_0c_7x1`, branch1, { ...UNIT, size: [7, 1], width: 128 });
  return net.relu(`${name}/Activation`, joined(net, name, x, [branch0, branch1], 896, 0.1));
}

function block8(net: LayerWriter, name: string, x: string, factor: number): string {
  const branch0 = net.conv(`${name}/Branch_0/Conv2d_1x1`, x, { ...UNIT, size: [1, 1], width: 192 });
  let branch1 = net.conv(`${name}/Branch_1/Conv2d_0a_1x1`, x, { ...UNIT, size: [1, 1], width: 192 });
  branch1 = net.conv(`${name}/Branch_1/Conv2d_0b_1x3`, branch1, { ...UNIT, size: [1, 3], width: 192 });
  branch1 = net.conv(`${name}/Branch_1/Conv2d_0c_3x1`, branch1, { ...UNIT, size: [3, 1], width: 192 });
  return joined(net, name, x, [branch0, branch1], 1792, factor);
}

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
