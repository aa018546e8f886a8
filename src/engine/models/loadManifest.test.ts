import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadManifest } from './loadModel.js';
import { pinOf } from './manifestPin.js';
import type { ModelCache } from './modelCache.js';

const bytes = new Uint8Array(readFileSync(new URL('../../../public/models/facemesh-192/manifest.json', import.meta.url))).buffer;
const WANTED = { id: 'facemesh-192', kind: 'landmarks', pin: pinOf('facemesh-192', {}) } as const;
const nothing: ModelCache = {
  readManifest: () => Promise.resolve(null),
  readFile: () => Promise.resolve(null),
  keep: () => Promise.resolve(),
};
const kept: ModelCache = { ...nothing, readManifest: () => Promise.resolve(bytes) };

/** What the server answers, if ever. */
let answer: (response: Response) => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('waits two seconds for a server to confirm what is kept and pinned: a dead line keeps nobody waiting', async () => {
  const { manifest, confirmed } = await loadManifest('https://models.example/', WANTED, kept);
  expect(manifest.id).toBe('facemesh-192');
  const end = vi.fn();
  void confirmed.then(end);
  await vi.advanceTimersByTimeAsync(1900);
  expect(end).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(end).toHaveBeenCalled();
});

it.each([
  ['gone', new Response('', { status: 410 }), 'model-missing'],
  ['another one', new Response('{}'), 'model-corrupt'],
])('heeds what the server says in time: it is %s', async (_how, response, code) => {
  const { confirmed } = await loadManifest('https://models.example/', WANTED, kept);
  answer(response);
  await expect(confirmed).rejects.toMatchObject({ code });
});

it('waits for the server as long as it takes where nothing is kept', async () => {
  const loading = loadManifest('https://models.example/', WANTED, nothing);
  await vi.advanceTimersByTimeAsync(15_000);
  answer(new Response(bytes));
  expect((await loading).shipped).toBe(true);
});
