import { afterEach, expect, it, vi } from 'vitest';
import { rememberedBackend } from './rememberedBackend.js';

const open = vi.fn();
afterEach(() => {
  vi.unstubAllGlobals();
  open.mockReset();
});

/** A browser whose caches keep texts. */
function stubCaches(): void {
  const kept = new Map<string, string>();
  open.mockResolvedValue({
    match: (key: string) => Promise.resolve(kept.has(key) ? new Response(kept.get(key)) : undefined),
    put: async (key: string, response: Response) => void kept.set(key, await response.text()),
  });
  vi.stubGlobal('caches', { open });
}

it('remembers what was measured for this, and nothing else', async () => {
  stubCaches();
  await rememberedBackend(true, '1.0', 'a').write('webgl');
  expect(await rememberedBackend(true, '1.0', 'a').read()).toBe('webgl');
  expect(await rememberedBackend(true, '1.0', 'b').read()).toBeNull();
});

it('neither reads nor keeps anything where the page wants no cache', async () => {
  stubCaches();
  const remembered = rememberedBackend(false, '1.0', 'a');
  await remembered.write('webgl');
  expect(await remembered.read()).toBeNull();
  expect(open).not.toHaveBeenCalled();
});
