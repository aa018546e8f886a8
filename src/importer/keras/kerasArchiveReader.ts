import type { FileReader } from '../FileReader.js';
import { Hdf5Object } from '../hdf5/Hdf5Object.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import { importFailed } from '../importFailed.js';
import type { ModelFile } from '../ModelFile.js';
import type { ReadOptions } from '../ReadOptions.js';
import { readZip } from '../zip/readZip.js';
import { buildModel } from './buildModel.js';
import { parseJson } from './Json.js';
import { keras3Weights } from './keras3Weights.js';
import { parseModel } from './parseModel.js';

/** What Keras 3 writes as `.keras`: an archive of the model's description and its weights as HDF5. */
export const kerasArchiveReader: FileReader = {
  name: 'Keras 3',
  matches: ({ bytes, name }) => /\.keras$/i.test(name) || isArchive(bytes),
  read,
};

async function read({ bytes }: ModelFile, options: ReadOptions): Promise<ImportedGraph> {
  const entries = readZip(bytes);
  const [config, weights] = ['config.json', 'model.weights.h5'].map((name) => {
    const entry = entries.get(name);
    if (!entry) throw importFailed(`The archive has no ${name}: it is no Keras model, or not whole.`);
    return entry.bytes();
  }) as [Uint8Array, Uint8Array];
  const model = parseModel(parseJson(new TextDecoder().decode(config), 'The description of the model (config.json)'));
  const root = Hdf5Object.open(weights, options.signal);
  return { ...buildModel(model, await keras3Weights(model, root), options), format: 'Keras 3' };
}

/** Whether it is a zip archive whose first entry is the one that Keras writes first: PyTorch's files are archives too. */
function isArchive(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 43));
  return head.startsWith('PK\x03\x04') && head.endsWith('metadata.json');
}
