import type { Manifest, ManifestFile } from '../shared/Manifest.js';
import { VisavisError } from '../shared/VisavisError.js';
import { fetchChecked, fetchText } from './fetchChecked.js';
import type { ModelCache } from './modelCache.js';
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
 * Fetches and checks the manifest of a model in the folder `modelsUrl` (absolute, trailing slash); where the server cannot be reached, takes the
 * one that the model loaded with last.
 */
export async function loadManifest(modelsUrl: string, id: string, kind: Manifest['kind'], cache: ModelCache): Promise<Manifest> {
  const url = `${modelsUrl}${id}/manifest.json`;
  const manifest = parseManifest(await fetchText(url, () => cache.readManifest(id)), url);
  if (manifest.id !== id || manifest.kind !== kind) {
    throw new VisavisError('model-corrupt', `${url} describes ${manifest.kind} "${manifest.id}" where ${kind} "${id}" was expected.`);
  }
  return manifest;
}

/** Gets the files that a manifest lists, all at once, from the cache or the network, and checks them; keeps them for the next time. */
export async function loadModel(
  modelsUrl: string,
  manifest: Manifest,
  cache: ModelCache,
  onBytes: (bytes: number) => void,
): Promise<Model> {
  const fetched = new Map<ManifestFile, ArrayBuffer>();
  const [json, ...shards] = await Promise.all(
    manifest.files.map(async (file) => {
      const kept = await cache.readFile(manifest, file);
      if (kept) {
        onBytes(kept.byteLength);
        return kept;
      }
      const bytes = await fetchChecked(`${modelsUrl}${manifest.id}/${file.path}`, file, onBytes);
      fetched.set(file, bytes);
      return bytes;
    }),
  );
  const modelJson: unknown = JSON.parse(new TextDecoder().decode(json));
  // Not waited for: the verifier need not be late because a disk is slow.
  void cache.keep(manifest, fetched);
  return { manifest, files: { modelJson, weights: shards.length === 1 ? shards[0]! : await new Blob(shards).arrayBuffer() } };
}
