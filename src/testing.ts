export { embedCrop } from './client/testing/embedCrop.js';
export { engineMemory } from './client/testing/engineMemory.js';
