import { mobilenet } from '../architectures/mobilenet.js';
import { keyOfParts } from './keyOfParts.js';
import type { NamedNetwork } from './NamedNetwork.js';

/** MobileNet as `training/networks.py` of this project names its modules. */
export const ownMobilenet: NamedNetwork = {
  architecture: mobilenet,
  anchor: 'body.26.0.weight',
  keyOf(layer, part) {
    if (layer === 'Bottleneck') return keyOfParts('head.dense', 'head.norm', part);
    const [, kind, n] = /^conv(?:_(dw|pw)_(\d+)|1)$/.exec(layer) ?? [];
    const place = n === undefined ? 0 : 2 * Number(n) - (kind === 'dw' ? 1 : 0);
    return keyOfParts(`body.${place}.0`, `body.${place}.1`, part);
  },
};
