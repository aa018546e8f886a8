import { importFailed } from '../importFailed.js';
import { type Json, property } from './Json.js';
import type { LayerCall, Value } from './LayerKind.js';

/** Writes the activation function that a layer's configuration names. Functions of the user's own are known by their bare name. */
export function activate({ builder, name, className }: LayerCall, { node, shape }: Value, activation: Json | undefined): Value {
  // Keras 3 writes functions of the user's own as objects.
  const own = property(activation, 'registered_name') ?? property(activation, 'config');
  const function_ = typeof activation === 'string' ? activation : typeof own === 'string' ? own : activation;
  if (function_ === undefined || function_ === null || function_ === 'linear') return { node, shape };
  if (function_ === 'relu') return { node: builder.relu(free(name, node, 'relu'), node), shape };
  if (function_ === 'relu6') return { node: builder.relu6(free(name, node, 'relu6'), node), shape };
  if (function_ === 'sigmoid') return { node: builder.sigmoid(free(name, node, 'sigmoid'), node), shape };
  if (function_ === 'softmax') {
    throw importFailed(
      `The layer ${name} (${className}) is a softmax: the model ends in a classifier. Save the model up to its embedding instead.`,
    );
  }
  throw importFailed(
    `The layer ${name} (${className}) has the activation ${JSON.stringify(function_).slice(0, 80)}, which is not supported.`,
  );
}

/** An activation that is a layer of its own has its name; one within a layer is named after both. */
function free(name: string, node: string, activation: string): string {
  return node === name || node.startsWith(`${name}/`) ? `${name}/${activation}` : name;
}
