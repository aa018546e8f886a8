import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWeights } from '../shrink/weights.mjs';
import { countOperations } from './countOperations.mjs';

/** What the model in a folder computes. @param {string} folder with `model.json` and its one shard */
export function countFolder(folder) {
  const model = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
  const [{ paths, weights }] = model.weightsManifest;
  return countOperations(model, readWeights(weights, readFileSync(join(folder, paths[0]))));
}
