import type { Manifest } from '../shared/Manifest.js';
import { VisavisError } from '../shared/VisavisError.js';
import { fetchChecked, fetchText } from './fetchChecked.js';
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

/** Fetches and checks the manifest of a model in the folder `modelsUrl` (absolute, trailing slash). */
export async function loadManifest(modelsUrl: string, id: string, kind: Manifest['kind']): Promise<Manifest> {
  const url = `${modelsUrl}${id}/manifest.json`;
  const manifest = parseManifest(await fetchText(url), url);
  if (manifest.id !== id || manifest.kind !== kind) {
    throw new VisavisError('model-corrupt', `${url} describes ${manifest.kind} "${manifest.id}" where ${kind} "${id}" was expected.`);
  }
  return manifest;
}

/** Fetches and checks the files that a manifest lists, all at once. */
export async function loadModel(modelsUrl: string, manifest: Manifest, onBytes: (bytes: number) => void): Promise<Model> {
  const [json, ...shards] = await Promise.all(
    manifest.files.map((file) => fetchChecked(`${modelsUrl}${manifest.id}/${file.path}`, file, onBytes)),
  );
  const modelJson: unknown = JSON.parse(new TextDecoder().decode(json));
  return { manifest, files: { modelJson, weights: shards.length === 1 ? shards[0]! : await new Blob(shards).arrayBuffer() } };
}
