import { afterEach, describe, expect, it, vi } from 'vitest';
import { askEarly } from './askEarly.js';

const FOLDER = 'https://models.example/v1/?sig=1';

/** What the page's fetch answers, by the model's id; the rest never comes. */
function answering(answers: Record<string, () => Response | Promise<Response>>) {
  const fetched = vi.fn((url: string, init: RequestInit) => {
    const id = url.split('/').at(-2)!;
    return new Promise<Response>((resolve, reject) => {
      init.signal!.addEventListener('abort', () => reject(new Error('aborted')));
      const answer = answers[id];
      if (answer) Promise.resolve().then(answer).then(resolve, reject);
    });
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe('askEarly', () => {
  it('asks for the three manifests at once, as the loader does, and gives each away once', async () => {
    const json = () => new Response('{"id":1}', { headers: { 'content-type': 'Application/JSON; charset=utf-8' } });
    const fetched = answering({ 'mobilenet-160': json });
    const early = askEarly(FOLDER, 'mobilenet-160', new AbortController().signal);
    expect(fetched.mock.calls.map(([url, { cache }]) => `${url} ${cache}`)).toEqual(
      ['blazeface-256', 'facemesh-192', 'mobilenet-160'].map((id) => `https://models.example/v1/${id}/manifest.json?sig=1 no-cache`),
    );
    const { bytes, type } = (await early('mobilenet-160'))!;
    expect([new TextDecoder().decode(bytes), type]).toEqual(['{"id":1}', 'application/json']);
    expect(await early('mobilenet-160')).toBeNull();
    expect(await early('another')).toBeNull();
  });

  it.each<[string, () => Response]>([
    ['the connection fails', () => expect.unreachable()],
    ['the server says no', () => new Response('', { status: 503 })],
    ['there is no body', () => new Response(null)],
  ])('has nothing where %s', async (_, answer) => {
    answering({ 'facemesh-192': answer });
    expect(await askEarly(FOLDER, 'mobilenet-160', new AbortController().signal)('facemesh-192')).toBeNull();
  });

  it('reads no more than the loader would take', async () => {
    answering({ 'facemesh-192': () => new Response(new Uint8Array(3_000_000)) });
    const answer = await askEarly(FOLDER, 'mobilenet-160', new AbortController().signal)('facemesh-192');
    expect(answer!.bytes.byteLength).toBe(1_000_001);
  });

  it('ends what is still on its way', async () => {
    answering({});
    const asking = new AbortController();
    const answer = askEarly(FOLDER, 'mobilenet-160', asking.signal)('facemesh-192');
    asking.abort();
    expect(await answer).toBeNull();
  });
});
