import { byId } from '../ui/byId.js';
import { MODELS_URL } from './EngineHost.js';
import { chooseModel, modelChoice, nameOfModel } from './modelChoice.js';
import { offeredModels, type OfferedModel } from './offeredModels.js';

/** The choice of models. The server is asked which ones it has when the details are first opened. */
export function bindModelChoice(): void {
  const details = byId('details', HTMLDetailsElement);
  const select = byId('model', HTMLSelectElement);
  const chosen = modelChoice();

  const fill = (offered: readonly OfferedModel[]) => {
    const missing = offered.some(({ id }) => id === chosen) ? [] : [{ id: chosen, name: nameOfModel(chosen), bytes: null }];
    const options = [...offered, ...missing].map(({ id, name, bytes }) => {
      const label = bytes === null ? name : `${name}, ${(bytes / 1e6).toFixed(1)} MB`;
      return new Option(label, id, false, id === chosen);
    });
    select.replaceChildren(...options);
    select.disabled = options.length < 2;
  };
  fill([]);
  details.addEventListener('toggle', () => void offeredModels(MODELS_URL).then(fill), { once: true });
  select.addEventListener('change', () => chooseModel(select.value));
}
