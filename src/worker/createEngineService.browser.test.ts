import { afterEach, expect, it, vi } from 'vitest';
import { ENGINE } from '../../e2e/fixtures/engineAssets.js';
import { PATIENT } from '../../e2e/fixtures/patient.js';
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
  await vi.waitFor(() => expect(signals.length).toBeGreaterThanOrEqual(3), PATIENT);
  await service.dispose();
  const calls = onProgress.mock.calls.length;
  expect(await loading).toMatchObject({ ok: false, error: { code: 'aborted' } });
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
  expect(onProgress.mock.calls.length).toBe(calls);
});

it.each([
  ['options that are none', 'look', [{ select: 'only', gate: 1, stream: null }]],
  ['a stream that is none', 'analyze', ['first', false]],
  ['a size that is none', 'embedAll', [null, 'small']],
  ['no engine, before it has loaded or after its end', 'embedCrop', []],
] as const)('closes the frame of a call that is refused: %s', async (_, name, args) => {
  const service = createEngineService();
  const canvas = new OffscreenCanvas(4, 4);
  canvas.getContext('2d');
  const frames = [new VideoFrame(canvas, { timestamp: 0 }), await createImageBitmap(new ImageData(4, 4))];
  for (const frame of frames) {
    expect(await (service[name] as (...args: unknown[]) => Promise<unknown>)(frame, ...args)).toMatchObject({ ok: false });
  }
  const [video, bitmap] = frames as [VideoFrame, ImageBitmap];
  expect([video.codedWidth, bitmap.width]).toEqual([0, 0]);
  expect(await service.embedCrop(new ImageData(4, 4))).toMatchObject({ ok: false, error: { code: 'disposed' } });
});
