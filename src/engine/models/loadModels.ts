import type { EarlyModels } from '../../shared/EarlyModels.js';
import type { EngineOptions } from '../../shared/EngineService.js';
import type { Manifest } from '../../shared/Manifest.js';
import { DETECTOR_ID, MESH_ID } from '../../shared/modelIds.js';
import type { LoadRetry } from '../../shared/options.js';
import { loadManifest, loadModel, type Model } from './loadModel.js';
import type { FetchOptions } from './fetchChecked.js';
import { pinOf } from './manifestPin.js';
import { modelCache, type ModelCache } from './modelCache.js';

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

/** The models while they load. What one fails with, all that are not there yet fail with, and their downloads end. */
export interface LoadingModels {
  /** There as soon as its own files are, and checked by the hashes of its manifest. */
  readonly detector: Promise<Model>;
  readonly mesh: Promise<Model>;
  readonly embedder: Promise<Model>;
  /** There when the server has confirmed the manifests too, could not be reached, or has not answered in time. */
  readonly all: Promise<Models>;
  /** Resolves when those that are there are kept for the next visit, or cannot be. */
  readonly kept: () => Promise<unknown>;
}

/**
 * Loads the three models of the pipeline at once, the files of each as soon as its own manifest is there. Each promise rejects with
 * VisavisError `model-missing`, `model-corrupt` or `aborted`; those that nobody waits for do so silently.
 */
export function startLoading(
  { modelsUrl, model, cache: caching, integrity = {} }: ModelOptions,
  onProgress: (state: LoadState) => void,
  signal?: AbortSignal,
  early?: EarlyModels,
): LoadingModels {
  const keeping: Promise<void>[] = [];
  const opened = modelCache(modelsUrl, caching !== false, early);
  const keep: ModelCache['keep'] = (...model) => {
    const kept = opened.keep(...model);
    keeping.push(kept);
    return kept;
  };
  const cache: ModelCache = { ...opened, keep };
  let unknown = 3;
  let announced = 0;
  let loaded = 0;
  const downloads = new AbortController();
  const report = (retry?: LoadRetry) => {
    if (downloads.signal.aborted) return;
    onProgress({ loaded, total: unknown === 0 ? announced : 0, ...(retry && { retry }) });
  };
  const heard: FetchOptions = { signal: downloads.signal, onRetry: report, early, line: { bytes: 0 } };
  const onBytes = (bytes: number) => {
    loaded += bytes;
    report();
  };
  const end = () => downloads.abort();
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  let fault: { readonly error: unknown } | undefined;
  /** Whatever fails first ends everything, and is what everything fails with. */
  const orNothing = <T>(promise: Promise<T>): Promise<T> => {
    const guarded = promise.catch((error: unknown) => {
      fault ??= { error };
      end();
      throw fault.error;
    });
    guarded.catch(() => undefined);
    return guarded;
  };
  const confirmations: Promise<unknown>[] = [];
  const loadOne = async (id: string, kind: Manifest['kind']): Promise<Model> => {
    const found = await loadManifest(modelsUrl, { id, kind, pin: pinOf(id, integrity) }, cache, heard);
    confirmations.push(orNothing(found.confirmed));
    announced += found.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
    unknown--;
    report();
    return loadModel(modelsUrl, found, cache, { ...heard, onBytes });
  };
  const detector = orNothing(loadOne(DETECTOR_ID, 'detector'));
  const mesh = orNothing(loadOne(MESH_ID, 'landmarks'));
  const embedder = orNothing(loadOne(model, 'embedder'));
  const all = orNothing(
    (async () => {
      try {
        const models = { detector: await detector, mesh: await mesh, embedder: await embedder, total: announced };
        await Promise.all(confirmations);
        return models;
      } finally {
        signal?.removeEventListener('abort', end);
        end();
      }
    })(),
  );
  return { detector, mesh, embedder, all, kept: () => Promise.all(keeping) };
}

/**
 * Loads the three models of the pipeline.
 * @throws VisavisError `model-missing`, `model-corrupt` or `aborted`
 */
export async function loadModels(...given: Parameters<typeof startLoading>): Promise<Models> {
  return startLoading(...given).all;
}
