import type { Manifest, ManifestFile } from './Manifest.js';
import { MODEL_CACHE_NAME } from './modelCacheName.js';
import { modelsFolder } from './modelsFolder.js';
import { readAtMost } from './readAtMost.js';
import { withinAwakeTime } from './withinAwakeTime.js';

/**
 * Keys need to be URLs, and are never requested: `.invalid` is a host that cannot exist. (Not the page's own origin, because pages of
 * extensions and of some app shells have one that the Cache API refuses.)
 */
const KEYS = 'https://visavis-models.invalid/';
/** A cache that does not answer for so long is no cache: browsers' storage has been seen to hang. */
const PATIENCE_MS = 3000;

/** Where a file is kept, for all folders alike. */
export function fileKey({ id, version }: Pick<Manifest, 'id' | 'version'>, { sha256, path }: ManifestFile): string {
  return keptKey(`${id}/${encodeURIComponent(version)}/${sha256}/${path}`);
}

/** Where a manifest is kept, for each folder its own: without the folder's query, since a signature is another one every time. */
export function manifestKey(id: string, modelsUrl: string): string {
  return manifestKeys(id) + encodeURIComponent(modelsFolder(modelsUrl).name);
}

/** What the keys of a model's manifests begin with. */
export function manifestKeys(id: string): string {
  return keptKey(`${id}/manifest.json?`);
}

/** As the browser writes it: escaped and without dots, so that what it lists can be compared. */
export function keptKey(path: string): string {
  return new URL(path, KEYS).href;
}

/** Opens the cache of models; null where there is none. The property itself throws on sandboxed pages, and is missing on insecure ones. */
export function openKept(): Promise<Cache | null> {
  return attempt(() => globalThis.caches?.open(MODEL_CACHE_NAME));
}

/**
 * What the cache holds, not further than one byte beyond `maxBytes`: any script of the origin may have written there. Without opening it
 * before, which a page at its start would wait for a second time.
 */
export function readKept(key: string, maxBytes: number): Promise<ArrayBuffer | null> {
  return attempt(async () => {
    const response = await globalThis.caches?.match(key, { cacheName: MODEL_CACHE_NAME });
    if (!response) return null;
    return response.body ? readAtMost(response.body, maxBytes) : new ArrayBuffer(0);
  });
}

/** What the browser answers; null where it answers nothing, fails, or takes too long. */
export async function attempt<T>(task: () => T | Promise<T>): Promise<NonNullable<T> | null> {
  try {
    return (await withinAwakeTime(task(), PATIENCE_MS, () => null)) ?? null;
  } catch {
    return null;
  }
}
