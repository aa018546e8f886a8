import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const ORIGIN = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/human')), '../models');

/**
 * The models that come from an npm package: our id, the package's name, and the outputs that the pipeline reads. meanInputs.json says which
 * weights become uint8: most of the mesh's. The detector stays float16, which is what it was before it was stored as float32: in uint8 it
 * moves boxes by up to a percent of their side, and it lost a face.
 */
export const SOURCES = [
  { id: 'blazeface-256', from: 'blazeface', outputs: ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'] },
  // Without Identity, the contours of eyes and lips: a tenth of the weights.
  { id: 'facemesh-192', from: 'facemesh', outputs: ['Identity_1', 'Identity_2'] },
];

/** @param {string} from @returns {Promise<{ modelJson: unknown, weights: Buffer }>} as the package holds it */
export async function readSource(from) {
  return {
    modelJson: JSON.parse(await readFile(join(ORIGIN, `${from}.json`), 'utf8')),
    weights: await readFile(join(ORIGIN, `${from}.bin`)),
  };
}
