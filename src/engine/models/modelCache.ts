import { MAX_MANIFEST_BYTES } from '../../shared/Answer.js';
import type { EarlyModels } from '../../shared/EarlyModels.js';
import { attempt, fileKey, keptKey, manifestKey, manifestKeys, openKept, readKept } from '../../shared/keptModels.js';
import type { Manifest, ManifestFile } from '../../shared/Manifest.js';
import { MODEL_CACHE_NAME } from '../../shared/modelCacheName.js';
import { withinAwakeTime } from '../../shared/withinAwakeTime.js';
import { withLock } from '../withLock.js';
import { faultOfFile } from './faultOfFile.js';
import { digestOf } from './manifestPin.js';

/** Says when a manifest was kept, in milliseconds since 1970. */
const KEPT_AT = 'x-visavis-kept';
/** Folders that one model is kept for: apps that put each release into a folder of its own would otherwise fill the disk. */
const MAX_FOLDERS = 4;
/** Reading the cache takes a tenth of that. */
const SOON_MS = 200;
/** Whoever keeps the lock for so long has stopped: nothing is kept then, until the next visit. */
const TURN_MS = 10_000;

/**
 * Models that loaded before, in this browser. Nothing here ever rejects: without a cache, or with a broken one, nothing is found and kept.
 */
export interface ModelCache {
  /**
   * The manifest that this model loaded with last, from the same folder; null where there is none. One that is not the wanted one is deleted.
   * @param digest `sha256-…`; null: whatever it is
   */
  readManifest(id: string, digest: string | null): Promise<ArrayBuffer | null>;
  /** A file, its length and SHA-256 checked again; null where there is none. A damaged copy is deleted. */
  readFile(manifest: Manifest, file: ManifestFile): Promise<ArrayBuffer | null>;
  /**
   * Keeps the manifest of a model that has loaded, in its very bytes, and the files that came from the network (checked by the caller). Deletes the files of
   * the model that no kept manifest lists any more, such as an older version's; what other folders (other apps of this origin) loaded last
   * stays, for the four folders that were used last. Copies the bytes before it returns; done when the promise resolves.
   */
  keep(manifest: Manifest, bytes: ArrayBuffer, fetched: ReadonlyMap<ManifestFile, ArrayBuffer>): Promise<void>;
}

/**
 * Opens the cache, which several pages may use at once. Files are keyed by model, version and SHA-256, so what is found is the file that a
 * manifest lists, and folders with the same files share them; manifests are keyed by model and folder. An entry appears with all its bytes
 * or not at all (`Cache.put`).
 * @param modelsUrl the folder of the manifests: absolute, its path ends with a slash; a query does not count
 * @param enabled false: nothing is read and nothing kept
 * @param early what the page has read already
 */
export function modelCache(modelsUrl: string, enabled = true, early?: Pick<EarlyModels, 'kept'>): ModelCache {
  const open = () => (enabled ? openKept() : Promise.resolve(null));
  const read = async (key: string, maxBytes: number) => {
    const asked = early?.kept(key).catch(() => undefined);
    // A busy page would keep everybody waiting.
    const sooner = asked && (await withinAwakeTime(asked, SOON_MS, () => undefined));
    if (sooner !== undefined) return sooner;
    return enabled ? readKept(key, maxBytes) : null;
  };
  const drop = (url: string) => attempt(async () => (await open())?.delete(url));

  return {
    async readManifest(id, digest) {
      const url = manifestKey(id, modelsUrl);
      const bytes = await read(url, MAX_MANIFEST_BYTES);
      if (!bytes || digest === null || (await digestOf(bytes)) === digest) return bytes;
      await drop(url);
      return null;
    },

    async readFile(manifest, file) {
      const url = fileKey(manifest, file);
      const bytes = await read(url, file.bytes);
      if (!bytes || !(await faultOfFile(bytes, file))) return bytes;
      await drop(url);
      return null;
    },

    async keep(manifest, bytes, fetched) {
      if (!enabled) return;
      // Made before anything is awaited: the caller may hand the buffers on to another thread.
      const entries = [...fetched].map(([file, bytes]) => [fileKey(manifest, file), new Response(bytes)] as const);
      const text = new Response(bytes, { headers: { [KEPT_AT]: String(Date.now()) } });
      const own = manifestKey(manifest.id, modelsUrl);
      const wanted = manifest.files.map((file) => fileKey(manifest, file));
      try {
        const cache = await open();
        if (!cache) return;
        await alone(async () => {
          // What nobody needs goes first, which makes room.
          const needed = await neededElsewhere(cache, manifest.id, own);
          wanted.forEach((url) => needed.add(url));
          const kept = (await cache.keys()).filter(({ url }) => url.startsWith(keptKey(`${manifest.id}/`)));
          const idle = kept.filter(({ url }) => url !== own && !needed.has(url));
          // Before the files that it may list: what fails from here on must not leave it without.
          if (idle.length > 0) await cache.delete(own);
          await Promise.all(idle.map((request) => cache.delete(request)));
          await Promise.all(entries.map(([url, response]) => cache.put(url, response)));
          // Last, and only if they all are: where there is a manifest, there are its files. Another page may have deleted one since it was
          // read.
          const there = new Set((await cache.keys()).map(({ url }) => url));
          if (wanted.every((url) => there.has(url))) {
            await cache.put(own, text);
          } else {
            await cache.delete(own);
          }
        });
      } catch {
        // No room, no access, or storage cleared meanwhile: the next page loads from the network again.
      }
    },
  };
}

/**
 * What other folders need of a model: the keys of their manifests, and of the files that these list. Of folders that were used longest ago,
 * nothing.
 */
async function neededElsewhere(cache: Cache, id: string, own: string): Promise<Set<string>> {
  const keys = (await cache.keys()).map(({ url }) => url);
  const others = keys.filter((url) => url.startsWith(manifestKeys(id)) && url !== own);
  const needs = await Promise.all(others.map((url) => needsOf(cache, url)));
  const latest = needs.sort((a, b) => b.keptAt - a.keptAt).slice(0, MAX_FOLDERS - 1);
  return new Set(latest.flatMap((need) => need.keys));
}

/** What one kept manifest needs; nothing, not even itself, where it cannot be read. */
async function needsOf(cache: Cache, url: string): Promise<{ keptAt: number; keys: string[] }> {
  try {
    const response = (await cache.match(url))!;
    const manifest = (await response.json()) as Manifest;
    return { keptAt: Number(response.headers.get(KEPT_AT)), keys: [url, ...manifest.files.map((file) => fileKey(manifest, file))] };
  } catch {
    return { keptAt: -1, keys: [] };
  }
}

/**
 * Pages that clean up at the same time could delete each other's files: they take turns, where the browser has locks. Rejects where its turn
 * does not come.
 */
async function alone(task: () => Promise<void>): Promise<void> {
  return globalThis.navigator?.locks ? withLock(MODEL_CACHE_NAME, TURN_MS, task) : task();
}
