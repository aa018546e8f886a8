import { loadSource } from './loadSource.mjs';

/** The reader and the writer of graph models, as the library has them. */
export const { decodeWeights, encodeWeight, readGraph, sizeOf, slideWindow, writeGraph } =
  /** @type {typeof import('./graphModules.js')} */ (await loadSource('tools/graphModules.ts'));
