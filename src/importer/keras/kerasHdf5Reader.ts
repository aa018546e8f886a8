import type { FileReader } from '../FileReader.js';
import { Hdf5Object } from '../hdf5/Hdf5Object.js';
import { isHdf5 } from '../hdf5/readSuperblock.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import { importFailed } from '../importFailed.js';
import type { ModelFile } from '../ModelFile.js';
import type { ReadOptions } from '../ReadOptions.js';
import { buildModel } from './buildModel.js';
import { parseJson } from './Json.js';
import { containerOf } from './keras3Weights.js';
import { legacyGroups } from './legacyGroups.js';
import { legacyWeights } from './legacyWeights.js';
import { looseKeras3Weights, looseLegacyWeights } from './looseWeights.js';
import { parseModel } from './parseModel.js';
import { readWeightsOnly } from './readWeightsOnly.js';

/** Keras' HDF5 files: whole models of Keras 2 and 3, and weights alone of both. */
export const kerasHdf5Reader: FileReader = {
  name: 'Keras HDF5',
  matches: ({ bytes, name }) => isHdf5(bytes) || /\.(h5|hdf5)$/i.test(name),
  read,
};

async function read({ bytes }: ModelFile, options: ReadOptions): Promise<ImportedGraph> {
  const root = Hdf5Object.open(bytes, options.signal);
  const version = root.texts('keras_version')?.[0] ?? root.find('model_weights')?.texts('keras_version')?.[0];
  const keras = version?.startsWith('3') ? 'Keras 3' : 'Keras 2';
  const config = root.texts('model_config')?.[0];
  const within = root.find('model_weights');
  if (config === undefined && containerOf(root)) {
    return readWeightsOnly(await looseKeras3Weights(root), 'Keras 3 HDF5 (weights only)', options);
  }
  if (!within && config !== undefined) throw importFailed('The file has a model and no weights: there is no group model_weights.');
  const groups = legacyGroups(within ?? root);
  if (config === undefined) return readWeightsOnly(await looseLegacyWeights(groups), `${keras} HDF5 (weights only)`, options);
  const model = parseModel(parseJson(config, 'The description of the model (model_config)'));
  return { ...buildModel(model, await legacyWeights(model, groups), options), format: `${keras} HDF5` };
}
