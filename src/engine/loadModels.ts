import type { EngineOptions } from '../shared/EngineService.js';
import { loadManifest, loadModel, type Model } from './loadModel.js';

export const DETECTOR_ID = 'blazeface-256';
export const MESH_ID = 'facemesh-192';

export interface Models {
  readonly detector: Model;
  readonly mesh: Model;
  readonly embedder: Model;
  /** Bytes of all files. */
  readonly total: number;
}

/** Fetches the three models of the pipeline at once. */
export async function loadModels({ modelsUrl, model }: EngineOptions, onBytes: (loaded: number, total: number) => void): Promise<Models> {
  const manifests = await Promise.all([
    loadManifest(modelsUrl, DETECTOR_ID, 'detector'),
    loadManifest(modelsUrl, MESH_ID, 'landmarks'),
    loadManifest(modelsUrl, model, 'embedder'),
  ]);
  const total = manifests.flatMap((m) => m.files).reduce((sum, { bytes }) => sum + bytes, 0);
  let loaded = 0;
  onBytes(loaded, total);
  const [detector, mesh, embedder] = await Promise.all(
    manifests.map((manifest) =>
      loadModel(modelsUrl, manifest, (bytes) => {
        loaded += bytes;
        onBytes(loaded, total);
      }),
    ),
  );
  return { detector: detector!, mesh: mesh!, embedder: embedder!, total };
}
