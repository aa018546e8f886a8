// Copies the detector and the face mesh out of an npm package into public/models, where they are git-ignored, and checks them against the
// hashes that their manifests pin. Runs before every build, start and test; does nothing when the files are already right.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const MODELS = join(dirname(fileURLToPath(import.meta.url)), '../public/models');
const ORIGIN = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/human')), '../models');

const COPIES = [
  { id: 'blazeface-256', from: 'blazeface' },
  { id: 'facemesh-192', from: 'facemesh' },
];

/** @param {string} from the package's name of a model
 * Its model.json without its converter's remarks, pointing at our shard name. */
async function modelJson(from) {
  const { format, modelTopology, weightsManifest } = JSON.parse(await readFile(join(ORIGIN, `${from}.json`), 'utf8'));
  weightsManifest[0].paths = ['weights.bin'];
  return Buffer.from(JSON.stringify({ format, modelTopology, weightsManifest }));
}

for (const { id, from } of COPIES) {
  const folder = join(MODELS, id);
  const { files } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  /** @type {Record<string, Buffer>} */
  const data = { 'model.json': await modelJson(from), 'weights.bin': await readFile(join(ORIGIN, `${from}.bin`)) };
  for (const { path, bytes, sha256 } of files) {
    const actual = createHash('sha256').update(data[path]).digest('hex');
    if (data[path].length !== bytes || actual !== sha256) {
      throw new Error(
        `${id}/${path}: @vladmandic/human holds ${data[path].length} bytes ${actual}, the manifest pins ${bytes} bytes ${sha256}`,
      );
    }
    const target = join(folder, path);
    const current = await readFile(target).catch(() => null);
    if (!current?.equals(data[path])) await writeFile(target, data[path]);
  }
}
