import { facenetPytorch } from './facenetPytorch.js';
import type { NamedNetwork } from './NamedNetwork.js';
import { ownInception } from './ownInception.js';
import { ownMobilenet } from './ownMobilenet.js';

/** Every network that is known by the names of its tensors in PyTorch. */
export const NETWORKS: readonly NamedNetwork[] = [facenetPytorch, ownMobilenet, ownInception];
