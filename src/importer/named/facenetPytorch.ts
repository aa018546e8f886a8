import { inceptionResnetV1 } from '../architectures/inceptionResnetV1.js';
import { keyOfParts } from './keyOfParts.js';
import type { NamedNetwork } from './NamedNetwork.js';

/** Modules of the three kinds of blocks, of which there may be several. */
const REPEATED: Readonly<Record<string, string>> = { Block35: 'repeat_1', Block17: 'repeat_2', Block8: 'repeat_3' };
/** Places of the layers of a branch, by what stands before their size. */
const PLACES: Readonly<Record<string, number>> = { '0a': 0, '0b': 1, '0c': 2 };

/** Inception-ResNet-v1 as facenet-pytorch names its modules. */
export const facenetPytorch: NamedNetwork = {
  architecture: inceptionResnetV1,
  // Inception-ResNet-v2 as timm names it has conv2d_1a to conv2d_4a too, and no 4b.
  anchor: 'conv2d_4b.conv.weight',
  unused: /^logits\./,
  keyOf(layer, part) {
    if (layer === 'Bottleneck') return keyOfParts('last_linear', 'last_bn', part);
    const [, module, rest] = /^([A-Za-z0-9_]+?)(?:\/(.*))?$/.exec(layer) ?? [];
    if (module === undefined) return undefined;
    if (rest === undefined) return unit(module.replace(/_\d+x\d+$/, '').toLowerCase(), part);
    const [, kind = '', n] = /^(Block\d+)(?:_(\d+))?$/.exec(module) ?? [];
    const repeated = REPEATED[kind];
    const place = repeated === undefined || n === undefined ? module.toLowerCase() : `${repeated}.${Number(n) - 1}`;
    if (rest.startsWith('Conv2d')) return keyOfParts(`${place}.conv2d`, '', part);
    return branch(place, rest, part);
  },
};

/** @param rest such as Branch_1/Conv2d_0b_3x3 */
function branch(place: string, rest: string, part: Parameters<NamedNetwork['keyOf']>[1]): string | undefined {
  const [, number, step] = /^Branch_(\d)\/Conv2d_(?:(\d[abc])_)?\d+x\d+$/.exec(rest) ?? [];
  if (number === undefined) return undefined;
  const module = `${place}.branch${number}`;
  // A branch of one layer is that layer; the one that halves the picture comes last.
  if (step === undefined || (step === '1a' && place === 'mixed_6a' && number === '0')) return unit(module, part);
  if (step !== '1a') return unit(`${module}.${PLACES[step]}`, part);
  return unit(`${module}.${place === 'mixed_7a' && number !== '2' ? 1 : 2}`, part);
}

/** A convolution with its batch norm. */
function unit(module: string, part: Parameters<NamedNetwork['keyOf']>[1]): string {
  return keyOfParts(`${module}.conv`, `${module}.bn`, part);
}
