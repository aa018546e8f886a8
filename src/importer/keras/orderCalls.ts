import { importFailed } from '../importFailed.js';
import type { KerasLayer, KerasModel, KerasTensor } from './KerasModel.js';

/** One time that a layer is called. */
export interface LayerTime {
  readonly layer: KerasLayer;
  readonly call: number;
}

/**
 * The calls that outputs depend on, each after those whose results it takes; input layers are left out.
 * @throws VisavisError `import-failed` that names a layer which is not there, or one that depends on itself
 */
export function orderCalls(model: KerasModel, outputs: readonly KerasTensor[]): LayerTime[] {
  const inputs = new Set(model.inputs.map(({ layer }) => layer));
  const order: LayerTime[] = [];
  const state = new Map<string, 'open' | 'done'>();
  // No recursion: a chain of layers may be as long as the file likes.
  const waiting = [...outputs].reverse().map((tensor) => ({ tensor, leaving: false }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { tensor, leaving } = next;
    const layer = model.layers.get(tensor.layer);
    if (!layer) throw importFailed(`The model ${model.name} takes a result of ${tensor.layer}, which is no layer of it.`);
    if (inputs.has(layer.name)) continue;
    const key = `${tensor.call}/${tensor.layer}`;
    if (leaving) {
      state.set(key, 'done');
      order.push({ layer, call: tensor.call });
      continue;
    }
    if (state.get(key) === 'done') continue;
    if (state.get(key) === 'open') throw importFailed(`The model ${model.name} has a cycle: ${layer.name} depends on itself.`);
    const call = layer.calls[tensor.call];
    if (!call) throw importFailed(`The layer ${layer.name} (${layer.className}) is never called with an input.`);
    state.set(key, 'open');
    waiting.push({ tensor, leaving: true });
    for (const input of [...call.inputs].reverse()) waiting.push({ tensor: input, leaving: false });
  }
  return order;
}
