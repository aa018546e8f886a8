import { loadSource } from './loadSource.mjs';

/** The library's own reader and writer of graph models. */
export const { decodeWeights, encodeWeight, inferShapes, multiplyAddsOf, readGraph, sizeOf, slideWindow, writeGraph } =
  /** @type {typeof import('./graphModules.js')} */ (await loadSource('tools/graphModules.ts'));
