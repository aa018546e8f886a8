import type { Hdf5Object } from '../hdf5/Hdf5Object.js';
import { importFailed } from '../importFailed.js';
import type { NamedTensor } from './LayerKind.js';

/** @throws VisavisError `import-failed` that names the dataset, also where a value is not a number */
export async function readWeight(dataset: Hdf5Object): Promise<NamedTensor> {
  const tensor = await dataset.tensor();
  const { values } = tensor;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw importFailed(`A weight is not a finite number: ${values[i]} in the tensor ${dataset.path}.`);
  }
  return { name: dataset.path, tensor };
}
