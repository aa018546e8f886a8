import { afterEach, expect, it, vi } from 'vitest';
import { ENGINE } from '../../e2e/fixtures/engineAssets.js';
import { createEngineService } from './createEngineService.js';

afterEach(() => vi.unstubAllGlobals());

it('ends loading, its downloads and their waits as soon as it is disposed of', async () => {
  const signals: AbortSignal[] = [];
  vi.stubGlobal('fetch', (_url: string, { signal }: { signal: AbortSignal }) => {
    signals.push(signal);
    return signals.length % 2
      ? new Promise(() => undefined)
      : Promise.resolve(new Response('', { status: 503, headers: { 'retry-after': '30' } }));
  });
  const service = createEngineService();
  const onProgress = vi.fn();
  const options = { modelsUrl: 'https://models.example/', model: 'mobilenet-160', backend: 'webgl', ...ENGINE } as const;
  const loading = service.load(options, onProgress, () => undefined);
  await vi.waitFor(() => expect(signals.length).toBeGreaterThanOrEqual(3));
  await service.dispose();
  const calls = onProgress.mock.calls.length;
  expect(await loading).toMatchObject({ ok: false, error: { code: 'aborted' } });
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
  expect(onProgress.mock.calls.length).toBe(calls);
});
