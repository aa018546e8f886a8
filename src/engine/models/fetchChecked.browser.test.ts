import { afterEach, describe, expect, it, vi } from 'vitest';
import { passTime } from '../../../e2e/fixtures/passTime.js';
import { fetchChecked, fetchManifest } from './fetchChecked.js';

const CONTENT = new TextEncoder().encode('the weights');

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (b) => b.toString(16).padStart(2, '0')).join('');
}

/** Answers fetches one after the other, and remembers their cache modes. */
function answer(...bodies: (Uint8Array<ArrayBuffer> | number)[]) {
  const modes: (RequestCache | undefined)[] = [];
  vi.stubGlobal('fetch', (_url: string, init?: RequestInit) => {
    modes.push(init?.cache);
    const body = bodies.shift() ?? 404;
    if (body === 0) return Promise.reject(new TypeError('network down'));
    return Promise.resolve(typeof body === 'number' ? new Response('no', { status: body }) : new Response(body));
  });
  return modes;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('fetchChecked', () => {
  const file = async () => ({ path: 'weights.bin', bytes: CONTENT.length, sha256: await sha256(CONTENT) });

  it('returns bytes that are right, and counts them', async () => {
    answer(CONTENT);
    let counted = 0;
    const bytes = await fetchChecked('/m/weights.bin', await file(), { onBytes: (n) => (counted += n) });
    expect(new Uint8Array(bytes)).toEqual(CONTENT);
    expect(counted).toBe(CONTENT.length);
  });

  it('fetches past the cache once when a copy is wrong', async () => {
    const modes = answer(CONTENT.slice(0, 4), CONTENT);
    let counted = 0;
    await fetchChecked('/m/weights.bin', await file(), { onBytes: (n) => (counted += n) });
    expect(modes).toEqual(['default', 'reload']);
    expect(counted).toBe(CONTENT.length);
  });

  it('fails closed on one flipped byte, naming the file', async () => {
    const flipped = CONTENT.slice();
    flipped[3] ^= 1;
    answer(flipped, flipped);
    await expect(fetchChecked('/m/weights.bin', await file())).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringMatching(/weights\.bin.*SHA-256/) as string,
    });
  });

  it('names lengths that differ', async () => {
    answer(CONTENT, CONTENT);
    const wrong = { path: 'weights.bin', bytes: 12, sha256: '0'.repeat(64) };
    await expect(fetchChecked('/m/weights.bin', wrong)).rejects.toThrow('it has 11 bytes instead of 12');
  });

  it.each([
    ['a missing file', 404, /manifest\.json.*answered 404.*modelsUrl/],
    ['a failing server', 500, /manifest\.json.*answered 500.*modelsUrl/],
    ['no connection', 0, /manifest\.json.*network down.*modelsUrl/],
  ])('says so for %s', async (_name, status, message) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    answer(status, status, status, status);
    await expect(
      passTime(
        fetchManifest('/m/manifest.json', () => Promise.resolve(null)),
        60_000,
      ),
    ).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(message) as string,
    });
  });

  it('says what came when the server answers a file’s address with its start page', async () => {
    const page = new TextEncoder().encode('\n<!doctype html><title>app</title>');
    answer(page, page);
    await expect(fetchChecked('/m/weights.bin', await file())).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/weights\.bin.*a web page.*start page/) as string,
    });
  });

  it('reads no further than one byte beyond the length that it expects', async () => {
    const endless = () => new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(70_000)) });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(endless())));
    let counted = 0;
    await expect(fetchChecked('/m/weights.bin', await file(), { onBytes: (n) => (counted += n) })).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('it has more than 11 bytes') as string,
    });
    expect(counted).toBe(0);
    await expect(fetchManifest('/m/manifest.json', () => Promise.resolve(null))).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('longer than 1 MB') as string,
    });
  });

  it('takes the kept text, at once, only where the server cannot be reached or cannot answer now', async () => {
    const kept = vi.fn(() => Promise.resolve(new TextEncoder().encode('kept').buffer));
    const textAt = async () => new TextDecoder().decode(await fetchManifest('/m/manifest.json', kept));
    answer(new TextEncoder().encode('fresh'), 0, 503, 404, new TextEncoder().encode('<!doctype html>'));
    expect(await textAt()).toBe('fresh');
    expect(kept).not.toHaveBeenCalled();
    expect(await textAt()).toBe('kept');
    expect(await textAt()).toBe('kept');
    await expect(fetchManifest('/m/manifest.json', kept)).rejects.toThrow('answered 404');
    await expect(fetchManifest('/m/manifest.json', kept)).rejects.toThrow('a web page');
    expect(kept).toHaveBeenCalledTimes(2);
  });
});
