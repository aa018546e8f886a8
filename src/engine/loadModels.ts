import type { EngineOptions } from '../shared/EngineService.js';
import type { Manifest } from '../shared/Manifest.js';
import { loadManifest, loadModel, type Model } from './loadModel.js';
import { modelCache } from './modelCache.js';

export const DETECTOR_ID = 'blazeface-256';
export const MESH_ID = 'facemesh-192';

export interface Models {
  readonly detector: Model;
  readonly mesh: Model;
  readonly embedder: Model;
  /** Bytes of all files. */
  readonly total: number;
}

/** Where the models are, and whether copies of them are kept in this browser (default true). */
export type ModelOptions = Pick<EngineOptions, 'modelsUrl' | 'model'> & Partial<Pick<EngineOptions, 'cache'>>;

/**
 * Loads the three models of the pipeline at once, the files of each as soon as its own manifest is there.
 * @param onBytes `loaded`: bytes that have arrived, from the network or the cache; `total`: bytes of all files, 0 until all manifests are known
 */
export async function loadModels(
  { modelsUrl, model, cache: caching }: ModelOptions,
  onBytes: (loaded: number, total: number) => void,
): Promise<Models> {
  const cache = modelCache(modelsUrl, caching !== false);
  const wanted: [id: string, kind: Manifest['kind']][] = [
    [DETECTOR_ID, 'detector'],
    [MESH_ID, 'landmarks'],
    [model, 'embedder'],
  ];
  let unknown = wanted.length;
  let announced = 0;
  let loaded = 0;
  const report = () => onBytes(loaded, unknown === 0 ? announced : 0);
  const [detector, mesh, embedder] = await Promise.all(
    wanted.map(async ([id, kind]) => {
      const manifest = await loadManifest(modelsUrl, id, kind, cache);
      announced += manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
      unknown--;
      report();
      return loadModel(modelsUrl, manifest, cache, (bytes) => {
        loaded += bytes;
        report();
      });
    }),
  );
  return { detector: detector!, mesh: mesh!, embedder: embedder!, total: announced };
}
