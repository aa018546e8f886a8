import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileKey, manifestKey } from '../../shared/keptModels.js';
import type { Answer, Refusal } from '../../shared/Answer.js';
import SHIPPED from '../../shared/shippedFiles.json';
import { askEarly } from './askEarly.js';

const FOLDER = 'https://models.example/v1/?sig=1';
const OPTIONS = { modelsUrl: FOLDER, model: 'mobilenet-160', cache: true };
const IDS = ['blazeface-256', 'facemesh-192', 'mobilenet-160'];
/** A page that vouches for models of its own, so that only their manifests say what files there are. */
const OWN = Object.fromEntries(IDS.map((id) => [id, 'sha256-of its own']));
const at = (path: string) => `https://models.example/v1/${path}?sig=1`;
const nothing = () => undefined;
const textOf = (bytes: ArrayBuffer | null | undefined) => bytes && new TextDecoder().decode(bytes);
/** Of an answer with a file. */
const fileOf = (answer: Answer | Refusal | null) => (answer && 'bytes' in answer ? textOf(answer.bytes) : undefined);
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What is on the server, by its path; the rest never comes. */
let server: Record<string, () => Response | Promise<Response>> = {};
/** What the cache holds, by its key. */
let cache: Record<string, string> = {};
let requests: string[] = [];
let looks: string[] = [];
/** Of the requests. */
let signals: AbortSignal[] = [];

/** A model of two files, which say what version they are of. */
function modelOf(id: string, version = '1.0.0') {
  const files = ['model.json', 'weights.bin'].map((path, i) => ({ path, bytes: `${path} ${version}`.length, sha256: `${i}`.repeat(64) }));
  const keys = files.map((file) => fileKey({ id, version }, file));
  return { json: JSON.stringify({ id, version, files }), files, keys };
}

function serve(id: string, version?: string) {
  const model = modelOf(id, version);
  server[`${id}/manifest.json`] = () => new Response(model.json, { headers: { 'content-type': 'Application/JSON; charset=utf-8' } });
  for (const { path } of model.files) server[`${id}/${path}`] = () => new Response(`${path} ${version ?? '1.0.0'}`);
  return model;
}

function keep(id: string, version?: string) {
  const model = modelOf(id, version);
  cache[manifestKey(id, FOLDER)] = model.json;
  model.files.forEach(({ path }, i) => (cache[model.keys[i]] = `${path} ${version ?? '1.0.0'}`));
  return model;
}

function start(options: Partial<typeof OPTIONS & { integrity: Record<string, string> }> = {}) {
  const asking = new AbortController();
  return { asking, ...askEarly({ ...OPTIONS, integrity: OWN, ...options }, asking.signal) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeEach(() => {
  [server, cache, requests, looks, signals] = [{}, {}, [], [], []];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const path = url.slice('https://models.example/v1/'.length, -'?sig=1'.length);
    requests.push(`${path} ${init.cache ?? 'default'} ${init.credentials}`);
    signals.push(init.signal!);
    return new Promise<Response>((resolve, reject) => {
      init.signal!.addEventListener('abort', () => reject(new Error('aborted')));
      const answer = server[path];
      if (answer) Promise.resolve().then(answer).then(resolve, reject);
    });
  });
  const match = (key: string) => {
    looks.push(key);
    return Promise.resolve(cache[key] === undefined ? undefined : new Response(cache[key]));
  };
  vi.stubGlobal('caches', { match });
});
afterEach(() => vi.unstubAllGlobals());

describe('askEarly', () => {
  it('asks for the three manifests at once, as the loader does, then for the files that they list, and gives each away once', async () => {
    const { keys } = serve('mobilenet-160');
    const { kept, fetched } = start();
    expect(requests).toEqual(IDS.map((id) => `${id}/manifest.json no-cache same-origin`));
    const manifest = at('mobilenet-160/manifest.json');
    const answer = await fetched(manifest, nothing);
    expect(JSON.parse(fileOf(answer)!)).toMatchObject({ id: 'mobilenet-160' });
    expect(answer).toMatchObject({ type: 'application/json' });
    expect(await kept(manifestKey('mobilenet-160', FOLDER))).toBeNull();
    expect(await kept(keys[1])).toBeNull();
    expect(fileOf(await fetched(at('mobilenet-160/weights.bin'), nothing))).toBe('weights.bin 1.0.0');
    expect(requests.slice(3)).toEqual(['model.json', 'weights.bin'].map((path) => `mobilenet-160/${path} default same-origin`));
    // An engine that starts anew looks and asks itself.
    for (const url of [manifest, at('mobilenet-160/weights.bin'), at('another/manifest.json')])
      expect(await fetched(url, nothing)).toBeNull();
    for (const key of [keys[1], manifestKey('another', FOLDER)]) expect(await kept(key)).toBeUndefined();
    expect(requests).toHaveLength(5);
  });

  it('reads what the cache holds without waiting for a server, and asks that for nothing of it', async () => {
    const { json, keys } = keep('mobilenet-160');
    const { kept, fetched } = start();
    expect(textOf(await kept(manifestKey('mobilenet-160', FOLDER)))).toBe(json);
    expect(textOf(await kept(keys[0]))).toBe('model.json 1.0.0');
    serve('blazeface-256');
    keep('blazeface-256');
    const late = start();
    await late.fetched(at('blazeface-256/manifest.json'), nothing);
    await settle();
    expect(textOf(await kept(keys[1]))).toBe('weights.bin 1.0.0');
    expect(requests.filter((path) => !path.includes('manifest.json'))).toEqual([]);
    expect(await late.fetched(at('blazeface-256/weights.bin'), nothing)).toBeNull();
    expect(await fetched(at('mobilenet-160/weights.bin'), nothing)).toBeNull();
    // Each was read once, though the server's manifest lists it too.
    const weights = looks.filter((key) => key.includes('blazeface-256') && key.endsWith('weights.bin'));
    expect(weights).toHaveLength(1);
  });

  it('fetches what a new manifest lists, beside an older one’s files in the cache', async () => {
    const old = keep('facemesh-192', '0.9.0');
    const now = serve('facemesh-192', '1.0.0');
    const { kept, fetched } = start();
    await fetched(at('facemesh-192/manifest.json'), nothing);
    expect(await kept(now.keys[1])).toBeNull();
    expect(fileOf(await fetched(at('facemesh-192/weights.bin'), nothing))).toBe('weights.bin 1.0.0');
    expect(textOf(await kept(old.keys[1]))).toBe('weights.bin 0.9.0');
  });

  it('does not fetch what the engine fetches already', async () => {
    let answer: (response: Response) => void = () => undefined;
    serve('facemesh-192');
    server['facemesh-192/manifest.json'] = () => new Promise((resolve) => (answer = resolve));
    const { fetched } = start();
    await settle();
    expect(await fetched(at('facemesh-192/weights.bin'), nothing)).toBeNull();
    answer(new Response(modelOf('facemesh-192').json));
    await settle();
    expect(requests.slice(3)).toEqual(['facemesh-192/model.json default same-origin']);
  });

  it('looks into no cache where the page wants none', async () => {
    keep('mobilenet-160');
    serve('mobilenet-160');
    const { kept, fetched } = start({ cache: false });
    expect(await kept(manifestKey('mobilenet-160', FOLDER))).toBeNull();
    await fetched(at('mobilenet-160/manifest.json'), nothing);
    expect(await fetched(at('mobilenet-160/weights.bin'), nothing)).not.toBeNull();
    expect(looks).toEqual([]);
  });

  it('says how much has arrived, also of what came before it was asked', async () => {
    const { files } = serve('facemesh-192');
    let send: (part: string | null) => void = () => undefined;
    server['facemesh-192/weights.bin'] = () =>
      new Response(
        new ReadableStream({
          start(controller) {
            send = (part) => (part === null ? controller.close() : controller.enqueue(bytesOf(part)));
          },
        }),
      );
    const { fetched } = start();
    await settle();
    send('weights');
    await settle();
    const told: number[] = [];
    const arriving = fetched(at('facemesh-192/weights.bin'), (bytes) => void told.push(bytes));
    await settle();
    send('.bin 1.0.0');
    send(null);
    expect(fileOf(await arriving)).toBe('weights.bin 1.0.0');
    expect(told).toEqual([7, files[1].bytes]);
  });

  it.each<[string, () => Response, unknown]>([
    ['the server says no', () => new Response('', { status: 404 }), { status: 404, retryAfter: null }],
    ['the server is busy', () => new Response('', { status: 503, headers: { 'retry-after': '7' } }), { status: 503, retryAfter: '7' }],
    ['there is no body', () => new Response(null), { status: 200, retryAfter: null }],
  ])('says what the server answered where %s', async (_, answer, said) => {
    serve('facemesh-192');
    server['facemesh-192/weights.bin'] = answer;
    server['blazeface-256/manifest.json'] = answer;
    const { fetched } = start();
    await fetched(at('facemesh-192/manifest.json'), nothing);
    expect(await fetched(at('facemesh-192/weights.bin'), nothing)).toEqual(said);
    expect(await fetched(at('blazeface-256/manifest.json'), nothing)).toEqual(said);
  });

  it('has nothing where nothing answers: the engine’s own policy may allow what the page’s forbids', async () => {
    serve('facemesh-192');
    for (const path of ['facemesh-192/weights.bin', 'blazeface-256/manifest.json', 'mobilenet-160/manifest.json'])
      server[path] = () => Promise.reject(new TypeError('Failed to fetch'));
    const { fetched } = start();
    await fetched(at('facemesh-192/manifest.json'), nothing);
    for (const path of ['facemesh-192/weights.bin', 'blazeface-256/manifest.json']) expect(await fetched(at(path), nothing)).toBeNull();
  });

  it('says where an answer broke off, to who asks', async () => {
    serve('facemesh-192');
    const broken = () => new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) }));
    server['facemesh-192/weights.bin'] = broken;
    server['mobilenet-160/manifest.json'] = broken;
    const { fetched } = start();
    await fetched(at('facemesh-192/manifest.json'), nothing);
    await expect(fetched(at('facemesh-192/weights.bin'), nothing)).rejects.toThrow('network error');
  });

  it('ends what nobody waits for any more, and nothing else; says whenever something arrives', async () => {
    serve('facemesh-192');
    const silent = () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(bytesOf('weig')) }));
    for (const path of ['facemesh-192/weights.bin', 'facemesh-192/model.json']) server[path] = silent;
    const { fetched, drop, hear } = start();
    const heard = vi.fn();
    hear(heard);
    await fetched(at('facemesh-192/manifest.json'), nothing);
    expect(heard).toHaveBeenCalledTimes(1);
    const given = vi.fn();
    for (const path of ['weights.bin', 'model.json']) void fetched(at(`facemesh-192/${path}`), nothing).then(given, given);
    await settle();
    expect(heard).toHaveBeenCalledTimes(3);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, false, false, false]);
    drop(at('facemesh-192/weights.bin'));
    drop(at('facemesh-192/elsewhere.bin'));
    const ended = signals.filter(({ aborted }) => aborted);
    expect(ended).toHaveLength(1);
    expect(ended[0]).toBe(signals[requests.findIndex((request) => request.includes('weights.bin'))]);
  });

  it.each<[string, string]>([
    ['no JSON', '{'],
    ['null', 'null'],
    ['another model’s', modelOf('mobilenet-160').json],
    ['one that lists a file elsewhere', modelOf('facemesh-192').json.replace('weights.bin', '../../secret.bin')],
    ['one that lists too much', modelOf('facemesh-192').json.replace(/"bytes":\d+/, '"bytes":33000000')],
  ])('follows no manifest that is %s', async (_, text) => {
    server['facemesh-192/manifest.json'] = () => new Response(text);
    cache[manifestKey('facemesh-192', FOLDER)] = text;
    const { fetched } = start();
    expect(fileOf(await fetched(at('facemesh-192/manifest.json'), nothing))).toBe(text);
    await settle();
    expect(requests).toHaveLength(3);
    expect(looks).toHaveLength(3);
  });

  it('reads no more than the loader would take', async () => {
    const { keys } = serve('facemesh-192');
    server['facemesh-192/weights.bin'] = () => new Response('weights.bin 1.0.0, and more');
    server['mobilenet-160/manifest.json'] = () => new Response(new Uint8Array(3_000_000));
    const { fetched, kept } = start();
    await fetched(at('facemesh-192/manifest.json'), nothing);
    expect(fileOf(await fetched(at('facemesh-192/weights.bin'), nothing))).toBe('weights.bin 1.0.0,');
    expect(fileOf(await fetched(at('mobilenet-160/manifest.json'), nothing))).toHaveLength(1_000_001);
    expect(await kept(keys[0])).toBeNull();
  });

  it('begins nothing more once it has ended', async () => {
    keep('facemesh-192');
    const { asking } = start();
    asking.abort();
    await settle();
    expect(looks.filter((key) => key.endsWith('weights.bin'))).toEqual([]);
    expect(requests).toHaveLength(3);
  });

  it('ends what is still on its way, and lets go of the rest', async () => {
    const { keys } = keep('facemesh-192');
    const { asking, kept, fetched } = start();
    const answer = fetched(at('facemesh-192/manifest.json'), nothing);
    await settle();
    asking.abort();
    expect(await answer).toBeNull();
    expect(await kept(keys[0])).toBeUndefined();
    expect(await fetched(at('mobilenet-160/manifest.json'), nothing)).toBeNull();
  });

  describe('models that ship', () => {
    const listed = Object.values(SHIPPED)
      .filter(({ id }) => IDS.includes(id))
      .flatMap((listing) => listing.files.map((file) => ({ path: `${listing.id}/${file.path}`, key: fileKey(listing, file) })));
    const asked = () => requests.map((request) => request.split(' ')[0]).filter((path) => !path.endsWith('manifest.json'));

    it('are asked for with their manifests, before the server has answered anything', async () => {
      server['mobilenet-160/weights.bin'] = () => new Response('weights');
      const { fetched, kept } = start({ integrity: {} });
      await settle();
      expect(asked().sort()).toEqual(listed.map(({ path }) => path).sort());
      expect(requests).toHaveLength(3 + listed.length);
      for (const { key } of listed) expect(await kept(key)).toBeNull();
      expect(fileOf(await fetched(at('mobilenet-160/weights.bin'), nothing))).toBe('weights');
    });

    it('are read from the cache, and only the others asked for', async () => {
      const [first, ...others] = listed;
      cache[first.key] = 'kept';
      const { kept } = start({ integrity: {} });
      await settle();
      expect(asked().sort()).toEqual(others.map(({ path }) => path).sort());
      expect(textOf(await kept(first.key))).toBe('kept');
    });

    it('take no other files for theirs, though a manifest in the cache or on the server lists some', async () => {
      const older = keep('facemesh-192', '0.9.0');
      const newer = serve('blazeface-256', '9.0.0');
      const { fetched } = start({ integrity: {} });
      await fetched(at('blazeface-256/manifest.json'), nothing);
      await settle();
      expect(asked()).toHaveLength(listed.length);
      for (const key of [...older.keys, ...newer.keys]) expect(looks).not.toContain(key);
    });

    it('wait for their manifest where the page vouches for another', async () => {
      start({ integrity: { 'mobilenet-160': 'sha256-of its own' } });
      await settle();
      expect(asked().filter((path) => path.startsWith('mobilenet-160'))).toEqual([]);
      expect(asked()).toHaveLength(4);
    });
  });
});
