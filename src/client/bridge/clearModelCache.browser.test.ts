import { afterEach, expect, it, vi } from 'vitest';
import { MODEL_CACHE_NAME } from '../../shared/modelCacheName.js';
import { clearModelCache } from './clearModelCache.js';

afterEach(() => vi.unstubAllGlobals());

it('deletes what is kept, and nothing else', async () => {
  const other = 'clear-model-cache-test';
  for (const name of [MODEL_CACHE_NAME, other]) await (await caches.open(name)).put('https://a.invalid/x', new Response('kept'));
  await clearModelCache();
  expect(await caches.has(MODEL_CACHE_NAME)).toBe(false);
  expect(await caches.has(other)).toBe(true);
  await caches.delete(other);
  await expect(clearModelCache()).resolves.toBeUndefined();
});

it.each([
  ['no cache', undefined],
  ['no access to one', { delete: () => Promise.reject(new DOMException('sandboxed', 'SecurityError')) }],
])('has nothing to delete where the page has %s', async (_name, storage) => {
  vi.stubGlobal('caches', storage);
  await expect(clearModelCache()).resolves.toBeUndefined();
});

it('says so where the browser cannot delete', async () => {
  vi.stubGlobal('caches', { delete: () => Promise.reject(new DOMException('disk', 'UnknownError')) });
  await expect(clearModelCache()).rejects.toMatchObject({ name: 'UnknownError' });
});
