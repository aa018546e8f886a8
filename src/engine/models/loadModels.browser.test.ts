import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../../shared/Manifest.js';
import { MODEL_CACHE_NAME } from '../../shared/modelCacheName.js';
import { loadModels, startLoading, type LoadState } from './loadModels.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { digestOf } from './manifestPin.js';
import { MODELS_URL } from '../../../e2e/fixtures/pictures.js';
import { PATIENT } from '../../../e2e/fixtures/patient.js';

const IDS = ['blazeface-256', 'facemesh-192', 'mobilenet-160'];
const OPTIONS = { modelsUrl: MODELS_URL, model: 'mobilenet-160' };
const realFetch = globalThis.fetch;
/** Paths below the models' folder that the network was asked for. */
let asked: string[] = [];

/** Lets requests through after `before` agreed; it may answer in the server's place. */
function onRequest(before: (path: string) => Promise<Response | undefined> | undefined): void {
  asked = [];
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    const path = url.slice(MODELS_URL.length);
    asked.push(path);
    return (await before(path)) ?? realFetch(url, init);
  });
}

const unplugged = () => Promise.reject<Response>(new TypeError('Failed to fetch'));
const manifestsOnly = IDS.map((id) => `${id}/manifest.json`);
const paths = async () => (await (await caches.open(MODEL_CACHE_NAME)).keys()).map(({ url }) => new URL(url).pathname);
/** Loads, and waits until everything is kept, which loading itself does not. */
async function load(onBytes: (loaded: number, total: number) => void = () => undefined) {
  const models = await loadModels(OPTIONS, ({ loaded, total }) => onBytes(loaded, total));
  await vi.waitFor(async () => expect((await paths()).filter((path) => path.endsWith('/manifest.json'))).toHaveLength(3), PATIENT);
  return models;
}

beforeEach(async () => {
  await caches.delete(MODEL_CACHE_NAME);
  onRequest(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('loadModels', () => {
  it('takes the files from the cache the second time, counts them, and gives the same models', async () => {
    const first = await load();
    expect(asked).toHaveLength(10);
    asked = [];
    const progress: [number, number][] = [];
    const second = await load((...now) => progress.push(now));
    expect(asked.sort()).toEqual(manifestsOnly);
    expect(progress.at(-1)).toEqual([first.total, first.total]);
    expect(await digest(second.embedder.files.weights)).toBe(await digest(first.embedder.files.weights));
    expect(second.mesh.files.modelJson).toEqual(first.mesh.files.modelJson);
  });

  it('works offline once it has loaded, and not before', async () => {
    onRequest(unplugged);
    await expect(loadModels(OPTIONS, () => undefined)).rejects.toMatchObject({ code: 'model-missing' });
    onRequest(() => undefined);
    const { total } = await load();
    onRequest(unplugged);
    expect((await loadModels(OPTIONS, () => undefined)).total).toBe(total);
    expect(asked.sort()).toEqual(manifestsOnly);
  });

  it('sends the query of the folder with every file, and finds what it kept by another', async () => {
    const signed = (signature: string) => loadModels({ ...OPTIONS, modelsUrl: `${MODELS_URL}?sig=${signature}` }, () => undefined);
    const { total } = await signed('a');
    expect(asked).toHaveLength(10);
    expect(asked.filter((path) => !path.endsWith('?sig=a') || path.startsWith('?'))).toEqual([]);
    await vi.waitFor(async () => expect((await paths()).filter((path) => path.endsWith('/manifest.json'))).toHaveLength(3), PATIENT);
    asked = [];
    await signed('b');
    expect(asked.sort()).toEqual(manifestsOnly.map((path) => `${path}?sig=b`));
    onRequest(unplugged);
    expect((await signed('c')).total).toBe(total);
  });

  it('fails offline when a file that the kept manifest lists is damaged', async () => {
    await load();
    const cache = await caches.open(MODEL_CACHE_NAME);
    const key = (await cache.keys()).find(({ url }) => /facemesh.*weights/.test(url))!;
    await cache.put(key, new Response('damaged'));
    onRequest(unplugged);
    await expect(loadModels(OPTIONS, () => undefined)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('facemesh-192/weights.bin') as string,
    });
  });

  it('fetches a damaged copy anew, and keeps the good one', async () => {
    await load();
    const cache = await caches.open(MODEL_CACHE_NAME);
    const key = (await cache.keys()).find(({ url }) => /facemesh.*weights/.test(url))!;
    await cache.put(key, new Response('damaged'));
    asked = [];
    const progress: [number, number][] = [];
    const { total, mesh } = await load((...now) => progress.push(now));
    expect(asked.sort()).toEqual([...manifestsOnly, 'facemesh-192/weights.bin'].sort());
    expect(progress.at(-1)).toEqual([total, total]);
    const good = await digest(mesh.files.weights);
    await vi.waitFor(async () => expect(await digest(await (await cache.match(key))!.arrayBuffer())).toBe(good), PATIENT);
  });

  it('believes the server, not the cache, when a model is gone', async () => {
    await load();
    onRequest((path) => (path.startsWith('facemesh') ? Promise.resolve(new Response('gone', { status: 410 })) : undefined));
    await expect(loadModels(OPTIONS, () => undefined)).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('gives kept models before the server has answered, and waits for the answer with all of them', async () => {
    const { total } = await load();
    const response = await realFetch(`${MODELS_URL}facemesh-192/manifest.json`);
    // The server's two seconds to answer do not pass.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let answer: (response: Response) => void = () => undefined;
    const answered = new Promise<Response>((resolve) => (answer = resolve));
    onRequest((path) => (path.startsWith('facemesh') ? answered : undefined));
    const loading = startLoading(OPTIONS, () => undefined);
    const all = vi.fn();
    loading.all.then(all, all);
    expect((await Promise.all([loading.detector, loading.mesh, loading.embedder])).map(({ manifest }) => manifest.id)).toEqual(IDS);
    await vi.advanceTimersByTimeAsync(1000);
    expect(all).not.toHaveBeenCalled();
    answer(response);
    expect((await loading.all).total).toBe(total);
  });

  it('gives every model while others still load, and fails all that are left with what fails first', async () => {
    let fail: (error: Error) => void = () => undefined;
    const broken = new Promise<Response>((_, reject) => (fail = reject));
    onRequest((path) => (path === 'mobilenet-160/weights.bin' ? broken : undefined));
    const { detector, mesh, embedder, all } = startLoading({ ...OPTIONS, cache: false }, () => undefined);
    expect((await Promise.all([detector, mesh])).map(({ manifest }) => manifest.id)).toEqual(IDS.slice(0, 2));
    fail(new VisavisError('model-corrupt', 'as it came'));
    for (const promise of [embedder, all]) await expect(promise).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(asked).toHaveLength(10);
  });

  it('fetches a model’s files while another’s manifest is still on its way; the total is 0 until then', async () => {
    let arrive: (nothing: undefined) => void = () => undefined;
    const late = new Promise<undefined>((resolve) => (arrive = resolve));
    onRequest((path) => (path === 'mobilenet-160/manifest.json' ? late : undefined));
    const progress: [number, number][] = [];
    const loading = loadModels(OPTIONS, ({ loaded, total }) => progress.push([loaded, total]));
    const small = (await Promise.all(IDS.slice(0, 2).map(sizeOf))).reduce((a, b) => a + b);
    await vi.waitFor(() => expect(progress.at(-1)).toEqual([small, 0]), PATIENT);
    expect(asked).not.toContain('mobilenet-160/weights.bin');
    arrive(undefined);
    const { total } = await loading;
    expect(total).toBe(small + (await sizeOf('mobilenet-160')));
    expect(progress.at(-1)).toEqual([total, total]);
    expect([...new Set(progress.map(([, known]) => known))]).toEqual([0, total]);
  });

  it('refuses a cohort with one byte changed, and takes the right one for no part of the weights', async () => {
    const { embedder } = await load();
    const { cohort, manifest, files } = embedder;
    expect(cohort).toMatchObject({ sha256: manifest.files[2].sha256, rule: { count: 1024 } });
    expect(cohort?.bytes).toHaveLength(1024 * manifest.embedder!.embeddingSize);
    expect(files.weights.byteLength).toBe(manifest.files[1].bytes);
    await caches.delete(MODEL_CACHE_NAME);
    onRequest((path) => {
      if (path !== 'mobilenet-160/cohort.bin') return undefined;
      const bytes = cohort!.bytes.slice();
      bytes[5000] ^= 1;
      return Promise.resolve(new Response(bytes));
    });
    await expect(loadModels(OPTIONS, () => undefined)).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('mobilenet-160/cohort.bin') as string,
    });
  });

  it('tries again when a download breaks, and says so', async () => {
    let broken = false;
    onRequest((path) => {
      if (path !== 'facemesh-192/weights.bin' || broken) return undefined;
      broken = true;
      return unplugged();
    });
    const progress: LoadState[] = [];
    const { total } = await loadModels(OPTIONS, (state) => progress.push(state));
    expect(progress.at(-1)).toEqual({ loaded: total, total });
    expect(progress.flatMap(({ retry }) => retry ?? [])).toEqual([
      {
        url: `${MODELS_URL}facemesh-192/weights.bin`,
        reason: expect.stringContaining('Failed to fetch') as string,
        attempt: 2,
        attempts: 4,
        delay: 500,
      },
    ]);
  });

  it('stops at once when it is aborted, or when one model cannot be had: nothing is waited for, asked for or reported afterwards', async () => {
    const never = new Promise<undefined>(() => undefined);
    const ends: [string, (path: string) => Promise<Response | undefined> | undefined, code: string][] = [
      ['aborted', (path) => (path.endsWith('weights.bin') ? never : unplugged()), 'aborted'],
      ['gone', (path) => (path.startsWith('facemesh') ? Promise.resolve(new Response('', { status: 404 })) : unplugged()), 'model-missing'],
    ];
    for (const [how, before, code] of ends) {
      onRequest(before);
      const page = new AbortController();
      const progress: LoadState[] = [];
      const loading = loadModels({ ...OPTIONS, cache: false }, (state) => progress.push(state), page.signal);
      if (how === 'aborted') setTimeout(() => page.abort(), 100);
      await expect(loading).rejects.toMatchObject({ code });
      const then = [asked.length, progress.length];
      await new Promise((resolve) => setTimeout(resolve, 1200));
      expect([asked.length, progress.length]).toEqual(then);
    }
  });

  it('names a model.json that is none, though it is the file that its manifest lists', async () => {
    for (const text of ['no JSON', 'null', '{"modelTopology":{}}']) {
      const bytes = new TextEncoder().encode(text).buffer;
      const sha256 = Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (b) => b.toString(16).padStart(2, '0')).join(
        '',
      );
      const manifest = (await (await realFetch(`${MODELS_URL}facemesh-192/manifest.json`)).json()) as Manifest;
      const [, weights] = manifest.files;
      const files = [{ path: 'model.json', bytes: bytes.byteLength, sha256 }, weights];
      const listing = JSON.stringify({ ...manifest, files });
      onRequest((path) => {
        if (path === 'facemesh-192/manifest.json') return Promise.resolve(new Response(listing));
        return path === 'facemesh-192/model.json' ? Promise.resolve(new Response(text)) : undefined;
      });
      const integrity = { 'facemesh-192': await digestOf(encode(listing)) };
      await expect(loadModels({ ...OPTIONS, integrity, cache: false }, () => undefined)).rejects.toMatchObject({
        code: 'model-corrupt',
        message: expect.stringContaining('facemesh-192/model.json') as string,
      });
    }
  });

  it('keeps nothing and reads nothing when told so', async () => {
    await loadModels({ ...OPTIONS, cache: false }, () => undefined);
    expect(await paths()).toEqual([]);
    await load();
    asked = [];
    await loadModels({ ...OPTIONS, cache: false }, () => undefined);
    expect(asked).toHaveLength(10);
  });
});

describe('pinned manifests', () => {
  const KEPT = 'mobilenet-160/manifest.json';
  const original = async (id: string) => (await realFetch(`${MODELS_URL}${id}/manifest.json`)).text();
  const serve = (id: string, text: string) =>
    onRequest((path) => (path === `${id}/manifest.json` ? Promise.resolve(new Response(text)) : undefined));
  /** What an attacker would like: everybody matches. */
  const loosened = (text: string) => text.replace(/"threshold": [\d.]+/g, () => '"threshold": 1.4');

  it.each(IDS)('refuse any other manifest of %s, and say what to do', async (id) => {
    const text = await original(id);
    for (const other of [`${text} `, loosened(text).replace(/"version": "/, '"version": "9'), text.replace(/\n/g, '\r\n')]) {
      serve(id, other);
      const message = expect.stringContaining(`integrity: { '${id}': '${await digestOf(encode(other))}' }`) as string;
      await expect(loadModels({ ...OPTIONS, cache: false }, () => undefined)).rejects.toMatchObject({ code: 'model-corrupt', message });
    }
    expect(asked.filter((path) => path.startsWith(id))).toEqual([`${id}/manifest.json`]);
  });

  it('take the one that the page vouches for, and tell it from what ships', async () => {
    const own = (await original('mobilenet-160')).replace('"version": "', '"version": "9.');
    serve('mobilenet-160', own);
    const integrity = { 'mobilenet-160': await digestOf(encode(own)) };
    const models = await loadModels({ ...OPTIONS, integrity, cache: false }, () => undefined);
    expect(models).toMatchObject({ embedder: { shipped: false }, mesh: { shipped: true }, detector: { shipped: true } });
    expect(models.embedder.manifest.version).toMatch(/^9\./);
    // And then no other, be it the shipped one.
    onRequest(() => undefined);
    await expect(loadModels({ ...OPTIONS, integrity, cache: false }, () => undefined)).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringMatching(/the option integrity names: its hash is sha256-.* instead of sha256-/) as string,
    });
  });

  it('let a model with an id of its own in, pinned or not', async () => {
    const own = (await original('mobilenet-160')).replace('"id": "mobilenet-160"', '"id": "constructor"');
    onRequest((path) => {
      if (path === 'constructor/manifest.json') return Promise.resolve(new Response(own));
      return path.startsWith('constructor/') ? realFetch(`${MODELS_URL}${path.replace('constructor', 'mobilenet-160')}`) : undefined;
    });
    const load = (integrity: Record<string, string>) =>
      loadModels({ ...OPTIONS, model: 'constructor', integrity, cache: false }, () => undefined);
    expect((await load({})).embedder).toMatchObject({ shipped: false, manifest: { id: 'constructor' } });
    expect((await load({ constructor: await digestOf(encode(own)) })).embedder.shipped).toBe(false);
    await expect(load({ constructor: await digestOf(encode('another')) })).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  /** Puts a loosened copy in the place of the kept manifest. */
  async function poison(): Promise<Request> {
    const cache = await caches.open(MODEL_CACHE_NAME);
    const key = (await cache.keys()).find(({ url }) => url.includes(KEPT))!;
    const poisoned = loosened(await (await cache.match(key))!.text());
    expect(poisoned).toContain('"threshold": 1.4');
    await cache.put(key, new Response(poisoned));
    return key;
  }
  const keptText = async (key: Request) => (await (await caches.open(MODEL_CACHE_NAME)).match(key))?.text();

  it('are demanded offline too: a poisoned copy is refused and deleted, and the next visit keeps the right one', async () => {
    await load();
    const key = await poison();
    onRequest(unplugged);
    await expect(loadModels(OPTIONS, () => undefined)).rejects.toMatchObject({ code: 'model-missing' });
    expect(await keptText(key)).toBeUndefined();
    onRequest(() => undefined);
    await load();
    expect(await keptText(key)).toBe(await original('mobilenet-160'));
  });

  it('replace a poisoned copy while there is a network', async () => {
    await load();
    const key = await poison();
    const { embedder } = await load();
    expect(embedder.manifest.embedder!.operatingPoints[0].threshold).not.toBe(1.4);
    await vi.waitFor(async () => expect(await keptText(key)).toBe(await original('mobilenet-160')), PATIENT);
  });

  it('refuse a golden check that checks nothing, also of a manifest that the page vouches for', async () => {
    for (const minCosine of [-1, 0, 0.98]) {
      const text = (await original('mobilenet-160')).replace(/"minCosine": [\d.]+/, `"minCosine": ${minCosine}`);
      serve('mobilenet-160', text);
      const integrity = { 'mobilenet-160': await digestOf(encode(text)) };
      await expect(loadModels({ ...OPTIONS, integrity, cache: false }, () => undefined)).rejects.toMatchObject({
        code: 'model-corrupt',
        message: expect.stringContaining(`a cosine of ${minCosine} to the golden embedding`) as string,
      });
    }
  });
});

const encode = (text: string) => new TextEncoder().encode(text).buffer;

async function digest(bytes: ArrayBuffer): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join();
}

async function sizeOf(id: string): Promise<number> {
  const { files } = (await (await realFetch(`${MODELS_URL}${id}/manifest.json`)).json()) as Manifest;
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
