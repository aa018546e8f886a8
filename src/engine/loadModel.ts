import { parseModelJson } from '../graph/parseModelJson.js';
import type { Manifest, ManifestFile } from '../shared/Manifest.js';
import { VisavisError } from '../shared/VisavisError.js';
import { fetchChecked, fetchText, type FetchOptions } from './fetchChecked.js';
import type { ModelCache } from './modelCache.js';
import { modelsFolder } from './modelsFolder.js';
import { parseManifest } from './parseManifest.js';

/** A TensorFlow.js graph model as it is stored: parsed `model.json` and the concatenated weight shards. */
export interface GraphFiles {
  readonly modelJson: unknown;
  readonly weights: ArrayBuffer;
}

export interface Model {
  readonly manifest: Manifest;
  readonly files: GraphFiles;
}

/**
 * Fetches and checks the manifest of a model in the folder `modelsUrl`. Where the server cannot be reached, or cannot answer
 * now, takes the one that the model loaded with last.
 * @throws VisavisError `model-missing`, `model-corrupt` or `aborted`
 */
export async function loadManifest(
  modelsUrl: string,
  id: string,
  kind: Manifest['kind'],
  cache: ModelCache,
  options: FetchOptions = {},
): Promise<Manifest> {
  const url = modelsFolder(modelsUrl).fileAt(`${id}/manifest.json`);
  const manifest = parseManifest(await fetchText(url, () => cache.readManifest(id), options), url);
  if (manifest.id !== id || manifest.kind !== kind) {
    throw new VisavisError('model-corrupt', `${url} describes ${manifest.kind} "${manifest.id}" where ${kind} "${id}" was expected.`);
  }
  return manifest;
}

/**
 * Gets the files that a manifest lists, all at once, from the cache or the network, checks them, and keeps them for the next time.
 * @throws VisavisError `model-missing`, `model-corrupt` or `aborted`
 */
export async function loadModel(modelsUrl: string, manifest: Manifest, cache: ModelCache, options: FetchOptions = {}): Promise<Model> {
  const fetched = new Map<ManifestFile, ArrayBuffer>();
  const folder = modelsFolder(modelsUrl);
  const addressOf = ({ path }: ManifestFile) => folder.fileAt(`${manifest.id}/${path}`);
  const [json, ...shards] = await Promise.all(
    manifest.files.map(async (file) => {
      const kept = await cache.readFile(manifest, file);
      if (kept) {
        options.onBytes?.(kept.byteLength);
        return kept;
      }
      const bytes = await fetchChecked(addressOf(file), file, options);
      fetched.set(file, bytes);
      return bytes;
    }),
  );
  const modelJson = readModelJson(json!, addressOf(manifest.files[0]!));
  // Not waited for: the verifier need not be late because a disk is slow.
  void cache.keep(manifest, fetched);
  return { manifest, files: { modelJson, weights: shards.length === 1 ? shards[0]! : await new Blob(shards).arrayBuffer() } };
}

/** The bytes are the manifest's, but whoever wrote that may have listed anything. */
function readModelJson(bytes: ArrayBuffer, url: string): unknown {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    parseModelJson(json);
    return json;
  } catch (cause) {
    throw new VisavisError('model-corrupt', `${url} is no TensorFlow.js graph model. Export the model, and its manifest, again.`, {
      cause,
    });
  }
}
