import { inceptionNN3 } from '../architectures/inception.js';
import { keyOfParts } from './keyOfParts.js';
import type { NamedNetwork } from './NamedNetwork.js';

const STEM: Readonly<Record<string, string>> = { '1': 'stem.0', '2/reduce': 'stem.2', '2': 'stem.3' };
const MODULES = ['3a', '3b', '3c', '4a', '4b', '4c', '4d', '4e', '5a', '5b'];
/** Modules without a 1×1 branch and without a convolution after pooling. */
const HALVING = new Set(['3c', '4e']);

/** The FaceNet paper's Inception at 160 pixels as `training/networks.py` of this project names its modules. */
export const ownInception: NamedNetwork = {
  architecture: inceptionNN3,
  anchor: 'stem.3.0.weight',
  keyOf(layer, part) {
    if (layer === 'Bottleneck') return keyOfParts('head.dense', 'head.norm', part);
    const stem = STEM[layer];
    if (stem !== undefined) return keyOfParts(`${stem}.0`, `${stem}.1`, part);
    const [, module = '', kind, reduce] = /^(\d[a-e])\/(1|3|5|pool)(\/reduce)?$/.exec(layer) ?? [];
    const place = `body.${MODULES.indexOf(module)}`;
    const unit = (at: string) => keyOfParts(`${place}.${at}.0`, `${place}.${at}.1`, part);
    if (kind === undefined) return undefined;
    if (HALVING.has(module)) return kind === '3' || kind === '5' ? unit(`branches.${kind === '3' ? 0 : 1}.${reduce ? 0 : 1}`) : undefined;
    if (kind === '1' || kind === 'pool') return unit(kind === 'pool' ? 'pool' : 'branches.0');
    return unit(`branches.${kind === '3' ? 1 : 2}.${reduce ? 0 : 1}`);
  },
};
