import type { Tensor } from '../../graph/Graph.js';
import { importFailed } from '../importFailed.js';
import { decodeTensor } from './decodeTensor.js';
import type { TorchFile } from './readTorchZip.js';

/**
 * The floating point tensors of a file by their keys; whole numbers, such as how many batches a norm has seen, are left out.
 * @param size of the file in bytes
 * @throws VisavisError `import-failed` that names the tensor
 */
export function decodeTensors({ tensors, storages }: TorchFile, size: number): ReadonlyMap<string, Tensor> {
  const decoded = new Map<string, Tensor>();
  let values = 0;
  for (const [name, reference] of tensors) {
    if (!reference.storage.kind) continue;
    const tensor = decodeTensor(name, reference, storages);
    // Tensors may share storages, so that a short file could ask for more than there is memory; networks share little.
    values += tensor.values.length;
    if (values > size)
      throw importFailed(`The tensors up to ${name} have ${values} values, more than a file of ${size} bytes can hold: too large.`);
    decoded.set(name, tensor);
  }
  return decoded;
}
