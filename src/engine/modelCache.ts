import type { Manifest, ManifestFile } from '../shared/Manifest.js';
import { MODEL_CACHE_NAME } from '../shared/modelCacheName.js';
import { faultOfFile } from './faultOfFile.js';

/**
 * Keys need to be URLs, and are never requested: `.invalid` is a host that cannot exist. (Not the page's own origin, because pages of
 * extensions and of some app shells have one that the Cache API refuses.)
 */
const KEYS = 'https://visavis-models.invalid/';
/** A cache that does not answer for so long is no cache: browsers' storage has been seen to hang. */
const PATIENCE_MS = 3000;

/** Models that loaded before, in this browser. Nothing here ever rejects: without a cache, or with a broken one, nothing is found and kept. */
export interface ModelCache {
  /** The text of the manifest that this model loaded with last, from the same folder; null where there is none. */
  readManifest(id: string): Promise<string | null>;
  /** A file, its length and SHA-256 checked again; null where there is none. A damaged copy is deleted. */
  readFile(manifest: Manifest, file: ManifestFile): Promise<ArrayBuffer | null>;
  /**
   * Keeps the manifest of a model that has loaded, and the files that came from the network (checked by the caller), and deletes whatever
   * else is kept of the model. Copies the bytes before it returns; done when the promise resolves.
   */
  keep(manifest: Manifest, fetched: ReadonlyMap<ManifestFile, ArrayBuffer>): Promise<void>;
}

/**
 * Opens the cache. Its entries are keyed by model, version and SHA-256, so that what is kept is either the file that a manifest lists or not
 * found; an entry appears with all its bytes or not at all (`Cache.put`); several pages may use it at once.
 * @param modelsUrl where the manifests come from: absolute, with a trailing slash
 * @param enabled false: nothing is read and nothing kept
 */
export function modelCache(modelsUrl: string, enabled = true): ModelCache {
  // Opened at once, beside the first requests. The property itself throws on sandboxed pages, and is missing on insecure ones.
  const opened = enabled ? attempt(() => globalThis.caches?.open(MODEL_CACHE_NAME)) : Promise.resolve(null);
  const manifestKey = (id: string) => key(`${id}/manifest.json?${encodeURIComponent(modelsUrl)}`);
  const fileKey = ({ id, version }: Manifest, { sha256, path }: ManifestFile) =>
    key(`${id}/${encodeURIComponent(version)}/${sha256}/${path}`);
  const read = <T>(url: string, body: (response: Response) => Promise<T>) =>
    attempt(async () => {
      const response = await (await opened)?.match(url);
      return response && (await body(response));
    });

  return {
    readManifest: (id) => read(manifestKey(id), (response) => response.text()),

    async readFile(manifest, file) {
      const url = fileKey(manifest, file);
      const bytes = await read(url, (response) => response.arrayBuffer());
      if (!bytes || !(await faultOfFile(bytes, file))) return bytes;
      await attempt(async () => (await opened)?.delete(url));
      return null;
    },

    async keep(manifest, fetched) {
      // Made before anything is awaited: the caller may hand the buffers on to another thread.
      const entries = [...fetched].map(([file, bytes]) => [fileKey(manifest, file), new Response(bytes)] as const);
      const own = manifestKey(manifest.id);
      try {
        const cache = await opened;
        if (!cache) return;
        // Old versions go first, which makes room.
        const listed = new Set([own, ...manifest.files.map((file) => fileKey(manifest, file))]);
        const stale = (await cache.keys()).filter(({ url }) => url.startsWith(key(`${manifest.id}/`)) && !listed.has(url));
        await Promise.all(stale.map((request) => cache.delete(request)));
        await Promise.all(entries.map(([url, response]) => cache.put(url, response)));
        // Last: where there is a manifest, there are its files.
        await cache.put(own, new Response(JSON.stringify(manifest)));
      } catch {
        // No room, no access, or storage cleared meanwhile: the next page loads from the network again.
      }
    },
  };
}

/** As the browser writes it: escaped and without dots, so that what it lists can be compared. */
function key(path: string): string {
  return new URL(path, KEYS).href;
}

/** What the browser answers; null where it answers nothing, fails, or takes too long. */
async function attempt<T>(task: () => T | Promise<T>): Promise<NonNullable<T> | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return (await Promise.race([task(), late])) ?? null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
