import type { Architecture } from './Architecture.js';
import { inceptionResnetV1 } from './inceptionResnetV1.js';
import { mobilenet } from './mobilenet.js';

/** Every network that is known by name. */
export const ARCHITECTURES: readonly Architecture[] = [mobilenet, inceptionResnetV1];
