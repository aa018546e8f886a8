import type { Integrity } from '../../shared/integrity.js';
import { DETECTOR_ID, MESH_ID, PINNED_EMBEDDERS } from '../../shared/modelIds.js';

/**
 * Throws a TypeError where a model of the page's own has no pin, though there is one for a model that is not loaded: its id is misspelled most
 * likely, and the model would go unchecked. Pins for models that are loaded elsewhere are fine beside it.
 */
export function assertPinned(model: string, integrity: Integrity): void {
  if (PINNED_EMBEDDERS.includes(model) || Object.hasOwn(integrity, model)) return;
  const strange = Object.keys(integrity).find((id) => id !== DETECTOR_ID && id !== MESH_ID);
  if (strange !== undefined) throw new TypeError(`expected integrity to name "${model}", the model that is loaded, got "${strange}"`);
}
