import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { passTime } from '../../../e2e/fixtures/passTime.js';
import type { Manifest, ManifestFile } from '../../shared/Manifest.js';
import { fileKey, manifestKey } from '../../shared/keptModels.js';
import { MODEL_CACHE_NAME } from '../../shared/modelCacheName.js';
import { digestOf } from './manifestPin.js';
import { modelCache } from './modelCache.js';

const FOLDER = 'https://models.example/models/';

async function fileOf(path: string, text: string): Promise<{ file: ManifestFile; bytes: ArrayBuffer }> {
  const bytes = new TextEncoder().encode(text).buffer;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return { file: { path, bytes: bytes.byteLength, sha256: Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('') }, bytes };
}

/** A model of two files whose content says which version they are of. */
async function modelOf(id: string, version: string) {
  const parts = await Promise.all(['model.json', 'weights.bin'].map((path) => fileOf(path, `${path} of ${id} ${version}`)));
  const manifest = { id, version, files: parts.map(({ file }) => file) } as unknown as Manifest;
  return { manifest, fetched: new Map(parts.map(({ file, bytes }) => [file, bytes])), weights: manifest.files[1] };
}

/** As a server sends it: not as `JSON.stringify` writes what was parsed. */
const bytesOf = (manifest: Manifest) => new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`).buffer;
const textOf = (bytes: ArrayBuffer | null) => bytes && new TextDecoder().decode(bytes);
const open = () => caches.open(MODEL_CACHE_NAME);
const entries = async () => (await (await open()).keys()).map(({ url }) => new URL(url).pathname);

beforeEach(() => caches.delete(MODEL_CACHE_NAME).then(() => undefined));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('modelCache', () => {
  it('gives back what it was given, to the same manifest only, and asks the network nothing', async () => {
    const { manifest, fetched, weights } = await modelOf('mesh', '1.0.0');
    vi.stubGlobal('fetch', () => expect.unreachable('a request'));
    const cache = modelCache(FOLDER);
    expect(await cache.readFile(manifest, weights)).toBeNull();
    expect(await cache.readManifest('mesh', null)).toBeNull();
    await cache.keep(manifest, bytesOf(manifest), fetched);
    expect(textOf(await cache.readFile(manifest, weights))).toBe('weights.bin of mesh 1.0.0');
    expect(textOf(await cache.readManifest('mesh', null))).toBe(textOf(bytesOf(manifest)));
    const other = await modelOf('mesh', '1.0.1');
    expect(await cache.readFile(other.manifest, other.weights)).toBeNull();
    expect(await modelCache('https://elsewhere.example/').readManifest('mesh', null)).toBeNull();
  });

  it('deletes what the manifest does not list, of the same model', async () => {
    const cache = modelCache(FOLDER);
    for (const id of ['mesh', 'mesh-2']) {
      const { manifest, fetched } = await modelOf(id, "1.0.0-o'clock/../x");
      await cache.keep(manifest, bytesOf(manifest), fetched);
    }
    expect(await entries()).toHaveLength(6);
    const { manifest, fetched } = await modelOf('mesh', '2.0.0');
    await cache.keep(manifest, bytesOf(manifest), fetched);
    await cache.keep(manifest, bytesOf(manifest), new Map());
    const left = await entries();
    expect(left.filter((path) => path.startsWith('/mesh/2.0.0/'))).toHaveLength(2);
    expect(left.filter((path) => path.startsWith('/mesh/'))).toHaveLength(3);
    expect(left.filter((path) => path.startsWith('/mesh-2/'))).toHaveLength(3);
  });

  describe('with two apps on one origin', () => {
    const [a, b] = ['/a/models/', '/b/models/'].map((path) => `https://models.example${path}`);
    const keepIn = async (folder: string, version: string) => {
      const { manifest, fetched, weights } = await modelOf('mesh', version);
      await modelCache(folder).keep(manifest, bytesOf(manifest), fetched);
      return { manifest, weights };
    };
    const versionIn = async (folder: string) => {
      const text = textOf(await modelCache(folder).readManifest('mesh', null));
      return text === null ? null : (JSON.parse(text) as Manifest).version;
    };

    it('keeps what either loaded, of one version or of two', async () => {
      const one = await keepIn(a, '1.0.0');
      await keepIn(b, '1.0.0');
      expect([await versionIn(a), await versionIn(b)]).toEqual(['1.0.0', '1.0.0']);
      const two = await keepIn(b, '2.0.0');
      expect([await versionIn(a), await versionIn(b)]).toEqual(['1.0.0', '2.0.0']);
      expect(textOf(await modelCache(a).readFile(one.manifest, one.weights))).toBe('weights.bin of mesh 1.0.0');
      expect(textOf(await modelCache(b).readFile(two.manifest, two.weights))).toBe('weights.bin of mesh 2.0.0');
    });

    it('knows a folder again whatever its query', async () => {
      await keepIn(`${a}?signature=1`, '1.0.0');
      expect(await versionIn(`${a}?signature=2`)).toBe('1.0.0');
    });

    it('deletes an old version once neither needs it', async () => {
      await keepIn(a, '1.0.0');
      await keepIn(b, '1.0.0');
      await keepIn(a, '2.0.0');
      expect((await entries()).filter((path) => path.startsWith('/mesh/1.0.0/'))).toHaveLength(2);
      await keepIn(b, '2.0.0');
      expect((await entries()).filter((path) => path.startsWith('/mesh/1.0.0/'))).toEqual([]);
      expect(await entries()).toHaveLength(4);
    });

    it('keeps the four folders that were used last, as of apps with a folder for each release', async () => {
      let now = 1_000;
      vi.spyOn(Date, 'now').mockImplementation(() => now++);
      const folder = (n: number) => `https://models.example/release-${n}/`;
      for (const n of [1, 2, 3, 4]) await keepIn(folder(n), `${n}.0.0`);
      await keepIn(folder(1), '1.0.0');
      await keepIn(folder(5), '5.0.0');
      const versions = await Promise.all([1, 2, 3, 4, 5].map((n) => versionIn(folder(n))));
      expect(versions).toEqual(['1.0.0', null, '3.0.0', '4.0.0', '5.0.0']);
      expect(await entries()).toHaveLength(4 * 3);
    });

    it('drops a manifest that cannot be read', async () => {
      await keepIn(a, '1.0.0');
      const own = (await (await open()).keys()).find(({ url }) => url.includes('manifest.json'))!;
      await (await open()).put(own, new Response('{"files":'));
      await keepIn(b, '2.0.0');
      expect([await versionIn(a), await versionIn(b)]).toEqual([null, '2.0.0']);
      expect(await entries()).toHaveLength(3);
    });

    it('keeps no manifest whose file another page deleted since it was read', async () => {
      const { manifest } = await keepIn(a, '1.0.0');
      const cache = await open();
      await cache.delete((await cache.keys()).find(({ url }) => url.endsWith('weights.bin'))!);
      await modelCache(a).keep(manifest, bytesOf(manifest), new Map());
      expect(await versionIn(a)).toBeNull();
    });
  });

  it.each([
    ['one byte is flipped', 'weights.bin of mesh 1.0.1'],
    ['bytes are missing', 'weights.bin'],
    ['nothing is in it', ''],
  ])('refuses and deletes a copy when %s', async (_name, damaged) => {
    const { manifest, fetched, weights } = await modelOf('mesh', '1.0.0');
    const cache = modelCache(FOLDER);
    await cache.keep(manifest, bytesOf(manifest), fetched);
    const key = (await (await open()).keys()).find(({ url }) => url.endsWith('weights.bin'))!;
    await (await open()).put(key, new Response(damaged));
    expect(await cache.readFile(manifest, weights)).toBeNull();
    expect(await (await open()).match(key)).toBeUndefined();
    expect(await cache.readFile(manifest, manifest.files[0])).not.toBeNull();
  });

  it('gives back the wanted manifest only, and deletes any other', async () => {
    const { manifest, fetched } = await modelOf('mesh', '1.0.0');
    const cache = modelCache(FOLDER);
    await cache.keep(manifest, bytesOf(manifest), fetched);
    const digest = await digestOf(bytesOf(manifest));
    expect(textOf(await cache.readManifest('mesh', digest))).toBe(textOf(bytesOf(manifest)));
    const own = (await (await open()).keys()).find(({ url }) => url.includes('manifest.json'))!;
    for (const poison of [`${textOf(bytesOf(manifest))!} `, '', 'x'.repeat(100)]) {
      await (await open()).put(own, new Response(poison));
      expect(await cache.readManifest('mesh', digest)).toBeNull();
      expect(await (await open()).match(own)).toBeUndefined();
    }
  });

  it('reads a copy no further than one byte beyond its length', async () => {
    const { manifest, fetched, weights } = await modelOf('mesh', '1.0.0');
    let sent = 0;
    const endless = () =>
      new Response(
        new ReadableStream<Uint8Array>({
          pull(controller) {
            sent += 1;
            controller.enqueue(new Uint8Array(100_000));
          },
        }),
      );
    const deleted: unknown[] = [];
    const cache = { delete: (url: unknown) => Promise.resolve(deleted.push(url)) };
    vi.stubGlobal('caches', { match: () => Promise.resolve(endless()), open: () => Promise.resolve(cache) });
    expect(await modelCache(FOLDER).readFile(manifest, weights)).toBeNull();
    expect(await modelCache(FOLDER).readManifest('mesh', await digestOf(bytesOf(manifest)))).toBeNull();
    expect((await modelCache(FOLDER).readManifest('mesh', null))!.byteLength).toBe(1_000_001);
    expect(deleted).toHaveLength(2);
    // Of chunks of 100 kB: one, and ten and a half twice; streams read one ahead.
    expect(sent).toBeLessThan(30);
    expect(fetched.size).toBe(2);
  });

  it('copies the bytes before the caller can hand them on', async () => {
    const { manifest, fetched, weights } = await modelOf('mesh', '1.0.0');
    const cache = modelCache(FOLDER);
    const kept = cache.keep(manifest, bytesOf(manifest), fetched);
    for (const bytes of fetched.values()) structuredClone(bytes, { transfer: [bytes] });
    await kept;
    expect(textOf(await cache.readFile(manifest, weights))).toBe('weights.bin of mesh 1.0.0');
  });

  it('serves several pages at once', async () => {
    const { manifest, fetched, weights } = await modelOf('mesh', '1.0.0');
    const pages = Array.from({ length: 4 }, () => modelCache(FOLDER));
    await Promise.all(pages.map((page) => page.keep(manifest, bytesOf(manifest), fetched)));
    expect(await entries()).toHaveLength(3);
    for (const page of pages) expect(textOf(await page.readFile(manifest, weights))).toBe('weights.bin of mesh 1.0.0');
  });

  it('keeps no manifest where its files found no room', async () => {
    const { manifest, fetched, weights } = await modelOf('mesh', '1.0.0');
    const real = await open();
    const full = (key: string, response: Response) =>
      key.endsWith('weights.bin') ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : real.put(key, response);
    vi.stubGlobal('caches', { match: caches.match.bind(caches), open: () => Promise.resolve({ keys: () => real.keys(), put: full }) });
    const cache = modelCache(FOLDER);
    await cache.keep(manifest, bytesOf(manifest), fetched);
    expect(await cache.readFile(manifest, weights)).toBeNull();
    expect(await cache.readManifest('mesh', null)).toBeNull();
  });

  it('leaves no manifest of an older version whose files had to go, where the new ones found no room', async () => {
    const older = await modelOf('mesh', '1.0.0');
    const cache = modelCache(FOLDER);
    await cache.keep(older.manifest, bytesOf(older.manifest), older.fetched);
    const newer = await modelOf('mesh', '1.1.0');
    vi.spyOn(Cache.prototype, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    await cache.keep(newer.manifest, bytesOf(newer.manifest), newer.fetched);
    expect(await cache.readManifest('mesh', null)).toBeNull();
    // The same version is kept still where only its date finds no room.
    vi.restoreAllMocks();
    await cache.keep(newer.manifest, bytesOf(newer.manifest), newer.fetched);
    vi.spyOn(Cache.prototype, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    await cache.keep(newer.manifest, bytesOf(newer.manifest), new Map());
    expect(textOf(await cache.readManifest('mesh', null))).toBe(textOf(bytesOf(newer.manifest)));
  });

  it('waits ten seconds for another page that keeps the lock', async () => {
    const { manifest, fetched } = await modelOf('mesh', '1.0.0');
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const lock = navigator.locks.request(MODEL_CACHE_NAME, () => held);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(release);
    const keeping = modelCache(FOLDER).keep(manifest, bytesOf(manifest), fetched);
    // It opens the cache before, which no fake timer knows.
    const request = vi.spyOn(navigator.locks, 'request');
    while (request.mock.calls.length === 0) await Promise.race([keeping, entries()]);
    await passTime(keeping, 60_000);
    expect(await entries()).toEqual([]);
    release();
    await lock;
  });

  const refused = new DOMException('private', 'SecurityError');
  it.each<[string, unknown]>([
    ['there is no Cache API', undefined],
    ['using it throws', { match: () => expect.unreachable(), open: () => expect.unreachable() }],
    ['using it is refused', { match: () => Promise.reject(refused), open: () => Promise.reject(refused) }],
    ['everything in it fails', { open: () => Promise.resolve({}) }],
  ])('finds and keeps nothing, and never fails, when %s', async (_name, storage) => {
    vi.stubGlobal('caches', storage);
    await expectNothing();
  });

  it('finds and keeps nothing when looking for the API throws', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'caches')!;
    Object.defineProperty(globalThis, 'caches', { configurable: true, get: () => expect.unreachable('sandboxed') });
    try {
      await expectNothing();
    } finally {
      Object.defineProperty(globalThis, 'caches', own);
    }
  });

  it('gives up on a cache that never answers', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('caches', { match: () => new Promise(() => undefined), open: () => new Promise(() => undefined) });
    const { manifest, weights } = await modelOf('mesh', '1.0.0');
    const reading = modelCache(FOLDER).readFile(manifest, weights);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await reading).toBeNull();
  });

  it('is left alone when it is turned off', async () => {
    const { manifest, fetched } = await modelOf('mesh', '1.0.0');
    await modelCache(FOLDER, false).keep(manifest, bytesOf(manifest), fetched);
    expect(await entries()).toEqual([]);
    await modelCache(FOLDER).keep(manifest, bytesOf(manifest), fetched);
    expect(await modelCache(FOLDER, false).readFile(manifest, manifest.files[0])).toBeNull();
  });
});

describe('what the page has read already', () => {
  const early = (answers: Record<string, ArrayBuffer | null | Promise<never>>) => {
    const kept = vi.fn((key: string) => Promise.resolve(answers[key]));
    return { cache: modelCache(FOLDER, true, { kept }), kept };
  };
  const never = new Promise<never>(() => undefined);

  it('is taken, checked as everything that is kept, and not looked for again where there is nothing', async () => {
    const { manifest, fetched, weights } = await modelOf('mesh', '1.0.0');
    const [graph] = manifest.files;
    await modelCache(FOLDER).keep(manifest, bytesOf(manifest), fetched);
    const { cache } = early({
      [manifestKey('mesh', FOLDER)]: bytesOf(manifest),
      [fileKey(manifest, graph)]: null,
      [fileKey(manifest, weights)]: new ArrayBuffer(weights.bytes),
    });
    const match = vi.spyOn(Cache.prototype, 'match');
    expect(textOf(await cache.readManifest('mesh', await digestOf(bytesOf(manifest))))).toBe(textOf(bytesOf(manifest)));
    expect(await cache.readFile(manifest, graph)).toBeNull();
    expect(await cache.readFile(manifest, weights)).toBeNull();
    expect(match).not.toHaveBeenCalled();
    // The copy that was damaged is gone.
    expect(await modelCache(FOLDER).readFile(manifest, weights)).toBeNull();
    expect(await modelCache(FOLDER).readFile(manifest, graph)).not.toBeNull();
  });

  it('is looked for where the page did not look, or is busy', async () => {
    const { manifest, fetched, weights } = await modelOf('mesh', '1.0.0');
    await modelCache(FOLDER).keep(manifest, bytesOf(manifest), fetched);
    const { cache, kept } = early({ [fileKey(manifest, weights)]: never });
    for (const file of manifest.files) expect(await cache.readFile(manifest, file)).not.toBeNull();
    expect(await cache.readManifest('mesh', null)).not.toBeNull();
    expect(kept).toHaveBeenCalledTimes(3);
  });
});

async function expectNothing(): Promise<void> {
  const { manifest, fetched, weights } = await modelOf('mesh', '1.0.0');
  const cache = modelCache(FOLDER);
  await expect(cache.keep(manifest, bytesOf(manifest), fetched)).resolves.toBeUndefined();
  expect(await cache.readFile(manifest, weights)).toBeNull();
  expect(await cache.readManifest('mesh', null)).toBeNull();
}
