import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineInfo, EngineOptions } from '../shared/EngineService.js';
import type { Backend } from '../shared/options.js';
import type { OpenBackend } from './backend/openBackend.js';
import { buildPipeline } from './buildPipeline.js';
import { FaceEngine } from './FaceEngine.js';
import type { Models } from './models/loadModels.js';

vi.mock('./buildPipeline.js', () => ({ buildPipeline: vi.fn() }));
vi.mock('../quality/occlusionNetwork.js', () => ({ readOcclusionNetwork: () => ({}) }));
vi.mock('./models/loadModels.js', () => ({
  startLoading: () => ({ ...models, all: Promise.resolve(models), kept: () => Promise.resolve() }),
}));
vi.mock('./backend/openBackend.js', () => ({
  GPU_BACKENDS: ['webgl'],
  hasHardware: () => Promise.resolve(hardware),
  backendStarters: (choice: string) => [choice === 'webgl' ? { name: 'webgl', start: startGpu } : { name: 'kernels', start: startKernels }],
}));

const model = { manifest: { id: 'own', version: '1', license: '', input: { size: 2 }, embedder: { operatingPoints: [] } } };
const models = { detector: model, mesh: model, embedder: model, total: 0 } as unknown as Models;

/** Whether there is a GPU, and whether the browser has taken it away. */
let [hardware, lost] = [false, false];
/** What runs, and how long it takes: on a GPU less. */
const compute = vi.fn<(backend: Backend) => Promise<unknown>>();
const exercise = vi.fn<(backend: Backend) => Promise<void>>();

const opened = (backend: Backend): OpenBackend => {
  const runtime = { room: () => new Uint8Array(16), picture: () => ({}), dispose: () => undefined };
  return { backend, build: backend, threads: 1, runtime, isLost: () => backend === 'webgl' && lost } as unknown as OpenBackend;
};
const startKernels = () => Promise.resolve(opened('wasm'));
const startGpu = vi.fn(() => Promise.resolve(opened('webgl')));

class FakeImageData {
  get width() {
    return 2;
  }
  get height() {
    return 2;
  }
}
const frame = new FakeImageData() as ImageData;

beforeEach(() => {
  [hardware, lost] = [false, false];
  vi.stubGlobal('ImageData', FakeImageData);
  compute.mockReset().mockImplementation((backend) => Promise.resolve([backend]));
  exercise.mockReset().mockImplementation((backend) => new Promise((resolve) => setTimeout(resolve, backend === 'wasm' ? 20 : 1)));
  startGpu.mockReset().mockImplementation(() => Promise.resolve(opened('webgl')));
  vi.mocked(buildPipeline).mockImplementation(({ backend }) => {
    const pipeline = { analyze: () => compute(backend) };
    const embedder = { arithmetic: 'float32', crop: () => undefined, embed: () => compute(backend) };
    return Promise.resolve({ pipeline, embedder, threads: 1, exercise: () => exercise(backend), dispose: () => undefined } as never);
  });
});
afterEach(() => vi.unstubAllGlobals());

const moves = vi.fn<(info: EngineInfo) => void>();
const load = (backend: EngineOptions['backend'], cache = false) =>
  FaceEngine.load({ modelsUrl: '/', model: 'own', backend, cache, version: '', assets: {} as never }, () => undefined, moves);

/** An engine that has moved to the GPU. */
async function moved(cache?: boolean): Promise<FaceEngine> {
  hardware = true;
  moves.mockReset();
  const engine = await load('auto', cache);
  await vi.waitFor(() => expect(moves).toHaveBeenCalledOnce());
  expect(await engine.analyze(frame, null)).toEqual(['webgl']);
  return engine;
}

describe('an engine that `auto` has moved to a GPU', () => {
  it('starts the GPU again where the browser has taken it away', async () => {
    const engine = await moved();
    lost = true;
    startGpu.mockImplementation(() => {
      lost = false;
      return Promise.resolve(opened('webgl'));
    });
    expect(await engine.analyze(frame, null)).toEqual(['webgl']);
    expect(moves).toHaveBeenCalledOnce();
  });

  it.each([
    ['cannot be had again', () => Promise.reject(new Error('no context'))],
    ['is lost again at once', () => Promise.resolve(opened('webgl'))],
  ])('moves back to WASM where the GPU %s, and says so', async (_how, again) => {
    const engine = await moved();
    lost = true;
    startGpu.mockImplementation(again);
    expect(await engine.analyze(frame, null)).toEqual(['wasm']);
    expect(moves).toHaveBeenCalledTimes(2);
    expect(moves.mock.lastCall![0]).toMatchObject({
      backend: 'wasm',
      fallbacks: [{ from: 'webgl', reason: 'the browser took the GPU away' }],
    });
    startGpu.mockClear();
    expect(await engine.analyze(frame, null)).toEqual(['wasm']);
    expect(startGpu).not.toHaveBeenCalled();
  });

  it.each([true, false])('remembers the GPU in this browser only where the page lets it: %s', async (cache) => {
    const put = vi.fn(() => Promise.resolve());
    const open = vi.fn(() => Promise.resolve({ match: () => Promise.resolve(undefined), put }));
    vi.stubGlobal('caches', { open });
    await moved(cache);
    expect(put).toHaveBeenCalledTimes(cache ? 1 : 0);
    expect(open.mock.calls.length > 0).toBe(cache);
  });

  it('was not measured while a call was under way', async () => {
    hardware = true;
    moves.mockReset();
    const engine = await load('auto');
    let isBusy = false;
    compute.mockImplementation(async () => {
      isBusy = true;
      await new Promise((resolve) => setTimeout(resolve, 20));
      isBusy = false;
      return [];
    });
    const busy: boolean[] = [];
    exercise.mockImplementation((backend) => {
      busy.push(isBusy);
      return new Promise((resolve) => setTimeout(resolve, backend === 'wasm' ? 20 : 1));
    });
    while (moves.mock.calls.length === 0) await engine.analyze(frame, null);
    expect(busy).toEqual(busy.map(() => false));
  });
});

describe('an engine on a GPU that the page asked for', () => {
  beforeEach(() => {
    hardware = true;
  });

  it('says what to do where the GPU cannot be had again', async () => {
    const engine = await load('webgl');
    lost = true;
    startGpu.mockRejectedValue(new Error('no context'));
    await expect(engine.analyze(frame, null)).rejects.toMatchObject({ code: 'backend-unavailable', cause: new Error('no context') });
  });

  it('starts it again also where the call under way failed before the browser told of the loss', async () => {
    const engine = await load('webgl');
    compute.mockImplementationOnce(() => {
      setTimeout(() => (lost = true));
      return Promise.reject(new DOMException('the buffer was unmapped', 'AbortError'));
    });
    startGpu.mockImplementation(() => {
      lost = false;
      return Promise.resolve(opened('webgl'));
    });
    expect(await engine.analyze(frame, null)).toEqual(['webgl']);
  });

  it('tells a device that computes no numbers from a mistake of the caller’s', async () => {
    const engine = await load('webgl');
    const cause = new RangeError('expected finite values');
    compute.mockRejectedValue(cause);
    await expect(engine.analyze(frame, null)).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(
        /^webgl computes this picture wrongly on this device \(expected finite values\)\. Try backend: 'wasm'/,
      ) as string,
      cause,
    });
    await expect(engine.embedCrop(frame)).rejects.toMatchObject({ code: 'backend-unavailable' });
    model.manifest.input.size = 3;
    await expect(engine.embedCrop(frame)).rejects.toThrow(new RangeError('expected a crop of 3 × 3 pixels, got 2 × 2'));
    model.manifest.input.size = 2;
  });
});
