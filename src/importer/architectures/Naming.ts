import type { Part } from './WeightSource.js';

/**
 * What a file calls the tensors of an architecture's layers: one naming for each architecture and each framework.
 * @returns the layer's name in the file and the tensor's key; undefined where the file can have no such layer
 */
export type Naming = (layer: string, part: Part) => { readonly layer: string; readonly tensor: string } | undefined;
