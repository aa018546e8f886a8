import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineInfo, EngineOptions } from '../shared/EngineService.js';
import type { Backend } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { OpenBackend } from './backend/openBackend.js';
import { buildPipeline, type BuiltPipeline } from './buildPipeline.js';
import { FaceEngine } from './FaceEngine.js';
import type { Models } from './models/loadModels.js';

vi.mock('./buildPipeline.js', () => ({ buildPipeline: vi.fn() }));
vi.mock('../quality/occlusionNetwork.js', () => ({ readOcclusionNetwork: () => ({}) }));
vi.mock('./backend/timeOnce.js', () => ({
  timeOnce: async (built: BuiltPipeline) => {
    await built.exercise();
    return (built as BuiltPipeline & { ms: number }).ms;
  },
}));
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
/** What runs; on a GPU it takes less time. */
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
  exercise.mockReset().mockImplementation(() => Promise.resolve());
  startGpu.mockReset().mockImplementation(() => Promise.resolve(opened('webgl')));
  vi.mocked(buildPipeline).mockImplementation(({ backend }) => {
    const pipeline = { analyze: () => compute(backend) };
    const embedder = { arithmetic: 'float32', crop: () => undefined, embed: () => compute(backend) };
    const built = { pipeline, embedder, threads: 1, exercise: () => exercise(backend), dispose: () => undefined };
    return Promise.resolve({ ...built, ms: backend === 'wasm' ? 20 : 1 } as never);
  });
});
afterEach(() => vi.unstubAllGlobals());

const moves = vi.fn<(info: EngineInfo) => void>();
const load = (backend: EngineOptions['backend'], cache = false) =>
  FaceEngine.load({ modelsUrl: '/', model: 'own', backend, cache, version: '', assets: {} as never }, () => undefined, moves);

/** What is kept in the browser, one after another, and for how many days. */
function watchMemory(): string[] {
  const written: string[] = [];
  const put = async (_key: string, response: Response) => {
    const [name, until] = (await response.text()).split(' ');
    written.push(`${name} ${until === 'Infinity' ? until : Math.round((Number(until) - Date.now()) / 86_400_000)}`);
  };
  vi.stubGlobal('caches', { open: () => Promise.resolve({ match: () => Promise.resolve(undefined), put }) });
  return written;
}

/** What nobody waits for may still be on its way. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** An engine that has moved to the GPU. */
async function moved(cache?: boolean): Promise<FaceEngine> {
  hardware = true;
  const move = new Promise((resolve) => moves.mockReset().mockImplementationOnce(resolve));
  const engine = await load('auto', cache);
  await move;
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
    ['cannot be had again, for this visit', () => Promise.reject(new Error('no context')), ['webgl Infinity']],
    ['is lost again at once, for a day', () => Promise.resolve(opened('webgl')), ['webgl Infinity', 'wasm 1']],
  ])('moves back to WASM where the GPU %s, and says so', async (_how, again, remembered) => {
    const written = watchMemory();
    const engine = await moved(true);
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
    await settled();
    expect(written).toEqual(remembered);
  });

  it.each([
    ['computes no numbers', new RangeError('expected finite values')],
    ['fails', new Error('a kernel is missing')],
  ])('moves back to WASM for a day where the GPU %s, and answers the call', async (_how, error) => {
    const written = watchMemory();
    const engine = await moved(true);
    compute.mockRejectedValueOnce(error);
    expect(await engine.analyze(frame, null)).toEqual(['wasm']);
    expect(moves).toHaveBeenCalledTimes(2);
    const reason = `it failed at a picture (${error.message})`;
    expect(moves.mock.lastCall![0]).toMatchObject({ backend: 'wasm', fallbacks: [{ from: 'webgl', reason }] });
    await vi.waitFor(() => expect(written).toEqual(['webgl Infinity', 'wasm 1']));
  });

  it('does not take what was the picture’s fault for the GPU’s: another visit begins with it', async () => {
    const written = watchMemory();
    const engine = await moved(true);
    compute.mockRejectedValueOnce(new RangeError('too large')).mockRejectedValueOnce(new RangeError('Array buffer allocation failed'));
    await expect(engine.analyze(frame, null)).rejects.toMatchObject({ code: 'bad-image' });
    expect(await engine.analyze(frame, null)).toEqual(['wasm']);
    await settled();
    expect(written).toEqual(['webgl Infinity']);
  });

  it('stays there where a picture shows no face', async () => {
    const engine = await moved();
    compute.mockRejectedValueOnce(new VisavisError('no-face', 'No face was found.'));
    await expect(engine.analyze(frame, null)).rejects.toMatchObject({ code: 'no-face' });
    expect(await engine.analyze(frame, null)).toEqual(['webgl']);
  });

  it('neither moves back nor forgets the GPU where its end makes a call fail', async () => {
    const written = watchMemory();
    const engine = await moved(true);
    compute.mockImplementationOnce(async () => {
      await engine.dispose();
      throw new Error('the tensor is gone');
    });
    await expect(engine.analyze(frame, null)).rejects.toMatchObject({ code: 'disposed' });
    await expect(engine.analyze(frame, null)).rejects.toMatchObject({ code: 'disposed' });
    expect(moves).toHaveBeenCalledOnce();
    await settled();
    expect(written).toEqual(['webgl Infinity']);
  });

  it.each([true, false])('remembers the GPU in this browser only where the page lets it: %s', async (cache) => {
    const put = vi.fn(() => Promise.resolve());
    const open = vi.fn(() => Promise.resolve({ match: () => Promise.resolve(undefined), put }));
    vi.stubGlobal('caches', { open });
    await moved(cache);
    expect(put).toHaveBeenCalledTimes(cache ? 1 : 0);
    expect(open.mock.calls.length > 0).toBe(cache);
  });

  it('was measured in turns with the calls: none was under way, and none waited for two runs', async () => {
    hardware = true;
    moves.mockReset();
    const engine = await load('auto');
    const turns: string[] = [];
    const takes = async (what: string) => {
      turns.push(`${what} begins`);
      await new Promise((resolve) => setTimeout(resolve));
      turns.push(`${what} ends`);
    };
    compute.mockImplementation(() => takes('call'));
    exercise.mockImplementation(() => takes('run'));
    while (moves.mock.calls.length === 0) await engine.analyze(frame, null);
    const all = turns.join();
    expect(all).toContain('run begins');
    expect(all.replace(/(call|run) begins,\1 ends/g, '$1')).not.toMatch(/begins|ends|run,run/);
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

describe('an engine on WASM', () => {
  it('waits no longer than a minute for a GPU that hangs at its checks, asks again a day later, and lets go of what comes then', async () => {
    vi.useFakeTimers();
    try {
      hardware = true;
      const written = watchMemory();
      const dispose = vi.fn();
      let come = () => {};
      startGpu.mockImplementation(
        () => new Promise((resolve) => (come = () => resolve({ ...opened('webgl'), runtime: { dispose } } as unknown as OpenBackend))),
      );
      moves.mockReset();
      const engine = await load('auto', true);
      await vi.advanceTimersByTimeAsync(61_000);
      expect(written).toEqual(['wasm 1']);
      come();
      await vi.advanceTimersByTimeAsync(0);
      expect(dispose).toHaveBeenCalledOnce();
      expect(moves).not.toHaveBeenCalled();
      expect(await engine.analyze(frame, null)).toEqual(['wasm']);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    [
      'bad-image',
      new RangeError('Array buffer allocation failed'),
      /^The picture could not be computed with \(Array buffer .* smaller one\./,
    ],
    ['bad-image', new RangeError('Out of memory'), /^The picture could not be computed with/],
    ['bad-image', new RangeError('Invalid typed array length: 4294967296'), /^The picture could not be computed with/],
    [
      'backend-unavailable',
      new RangeError('expected finite values that are not all 0, got a vector of length NaN'),
      /^wasm computes this picture wrongly on this device/,
    ],
    ['backend-unavailable', new WebAssembly.RuntimeError('unreachable'), /^wasm failed at this picture \(unreachable\)\. Try again\./],
    ['no-face', new VisavisError('no-face', 'No face was found.'), /^No face was found\./],
  ])('says by a code whose fault it is: %s', async (code, error, message) => {
    const engine = await load('wasm');
    compute.mockRejectedValueOnce(error);
    await expect(engine.analyze(frame, null)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(await engine.analyze(frame, null)).toEqual(['wasm']);
  });
});
