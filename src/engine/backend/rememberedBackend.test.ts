import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rememberedBackend } from './rememberedBackend.js';

const kept = new Map<string, Response>();
beforeEach(() => {
  kept.clear();
  const match = (key: string) => Promise.resolve(kept.get(key)?.clone());
  const put = (key: string, response: Response) => Promise.resolve(void kept.set(key, response));
  vi.stubGlobal('caches', { open: () => Promise.resolve({ match, put }) });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('remembers for good, or for as long as it is told, of what was measured only', async () => {
  const remembered = rememberedBackend('0.5.0', 'own', '1');
  expect(await remembered.read()).toBeNull();
  await remembered.write('wasm', 1000);
  expect(await remembered.read()).toBe('wasm');
  expect(await rememberedBackend('0.5.0', 'own', '2').read()).toBeNull();
  vi.setSystemTime(Date.now() + 1000);
  expect(await remembered.read()).toBeNull();
  await remembered.write('webgl');
  vi.setSystemTime(Date.now() + 1e12);
  expect(await remembered.read()).toBe('webgl');
});

it('takes nothing else for a backend', async () => {
  const remembered = rememberedBackend('own');
  await remembered.write('webgl');
  for (const text of ['webgl', 'glweb Infinity', '']) {
    kept.set([...kept.keys()][0], new Response(text));
    expect(await remembered.read()).toBeNull();
  }
});
