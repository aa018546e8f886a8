import type { EngineOptions } from '../shared/EngineService.js';
import type { Manifest } from '../shared/Manifest.js';
import type { LoadRetry } from '../shared/options.js';
import { loadManifest, loadModel, type Model } from './loadModel.js';
import type { FetchOptions } from './fetchChecked.js';
import { pinOf } from './manifestPin.js';
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

/** Where the models are, what the page pins, and whether copies of them are kept in this browser (default true). */
export type ModelOptions = Pick<EngineOptions, 'modelsUrl' | 'model'> & Partial<Pick<EngineOptions, 'cache' | 'integrity'>>;

/** How far loading is. */
export interface LoadState {
  /** Bytes that have arrived, from the network or the cache. */
  readonly loaded: number;
  /** Bytes of all files; 0 until all manifests are known. */
  readonly total: number;
  /** Only right after a try failed. */
  readonly retry?: LoadRetry;
}

/**
 * Loads the three models of the pipeline at once, the files of each as soon as its own manifest is there. When one fails the others'
 * downloads end too.
 * @throws VisavisError `model-missing`, `model-corrupt` or `aborted`
 */
export async function loadModels(
  { modelsUrl, model, cache: caching, integrity = {} }: ModelOptions,
  onProgress: (state: LoadState) => void,
  signal?: AbortSignal,
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
  const downloads = new AbortController();
  const report = (retry?: LoadRetry) => {
    if (downloads.signal.aborted) return;
    onProgress({ loaded, total: unknown === 0 ? announced : 0, ...(retry && { retry }) });
  };
  const heard: FetchOptions = { signal: downloads.signal, onRetry: report };
  const onBytes = (bytes: number) => {
    loaded += bytes;
    report();
  };
  const end = () => downloads.abort();
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  try {
    const [detector, mesh, embedder] = await Promise.all(
      wanted.map(async ([id, kind]) => {
        const found = await loadManifest(modelsUrl, { id, kind, pin: pinOf(id, integrity) }, cache, heard);
        announced += found.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
        unknown--;
        report();
        return loadModel(modelsUrl, found, cache, { ...heard, onBytes });
      }),
    );
    return { detector: detector!, mesh: mesh!, embedder: embedder!, total: announced };
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}
