import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readGraph } from '../graph.mjs';
import { countOperations } from './countOperations.mjs';

/** What the model in a folder computes. @param {string} folder with `model.json` and its one shard, `weights.bin` */
export function countFolder(folder) {
  const [modelJson, weights] = ['model.json', 'weights.bin'].map((name) => readFileSync(join(folder, name)));
  return countOperations(readGraph({ modelJson: modelJson.toString(), weights }));
}
