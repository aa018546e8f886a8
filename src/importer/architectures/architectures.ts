import type { Architecture } from './Architecture.js';
import { inceptionNN2, inceptionNN3, inceptionNN4 } from './inception.js';
import { inceptionResnetV1 } from './inceptionResnetV1.js';
import { inceptionResnetV2 } from './inceptionResnetV2.js';
import { mobilenet } from './mobilenet.js';
import { zeilerFergusNN1 } from './zeilerFergusNN1.js';

/** Every network that is known by name. */
export const ARCHITECTURES: readonly Architecture[] = [
  mobilenet,
  inceptionResnetV1,
  inceptionResnetV2,
  inceptionNN2,
  inceptionNN3,
  inceptionNN4,
  zeilerFergusNN1,
];
