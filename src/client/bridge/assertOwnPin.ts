import type { Integrity } from '../../shared/integrity.js';
import { DETECTOR_ID, MESH_ID, PINNED_EMBEDDERS } from '../../shared/modelIds.js';

/**
 * Throws a TypeError where a model of the page's own has no pin, though there is one for another that the package does not pin: its id is
 * misspelled most likely, and the model would go unchecked. Pins for models that are loaded elsewhere are fine beside its own.
 */
export function assertOwnPin(model: string, integrity: Integrity): void {
  if (PINNED_EMBEDDERS.includes(model) || Object.hasOwn(integrity, model)) return;
  const shipped = [DETECTOR_ID, MESH_ID, ...PINNED_EMBEDDERS];
  const strange = Object.keys(integrity).find((id) => !shipped.includes(id));
  if (strange !== undefined) throw new TypeError(`expected integrity to name "${model}", the model that is loaded, got "${strange}"`);
}
