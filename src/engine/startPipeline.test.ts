import { beforeEach, describe, expect, it, vi } from 'vitest';
import { VisavisError } from '../shared/VisavisError.js';
import type { Fallback } from '../shared/VerifierInfo.js';
import { buildPipeline, type PipelineModels } from './buildPipeline.js';
import { unsupported } from './kernels/UnsupportedGraph.js';
import type { Model } from './models/loadModel.js';
import type { BackendStarter, OpenBackend } from './backend/openBackend.js';
import { startPipeline } from './startPipeline.js';

vi.mock('./buildPipeline.js', () => ({ buildPipeline: vi.fn() }));

const MODELS = {} as PipelineModels;
const BUILT = { dispose: () => undefined };
const NAMES: readonly Fallback['from'][] = ['kernels-threads', 'kernels', 'tfjs'];

/** A way to run that starts, or fails with this reason. */
function way(name: Fallback['from'], reason?: string) {
  const dispose = vi.fn();
  const backend = { build: name, runtime: { dispose } } as unknown as OpenBackend;
  const start = vi.fn(() => (reason === undefined ? Promise.resolve(backend) : Promise.reject(new Error(reason))));
  return { name, start, backend, dispose } satisfies BackendStarter & Record<string, unknown>;
}

beforeEach(() => {
  vi.restoreAllMocks();
  vi.mocked(buildPipeline)
    .mockReset()
    .mockResolvedValue(BUILT as never);
});

describe('startPipeline', () => {
  it('starts the first way, and no other; then nothing was fallen back from', async () => {
    const [first, second] = NAMES.map((name) => way(name));
    const started = await startPipeline('auto', MODELS, [first, second]);
    expect(started).toMatchObject({ start: first.start, backend: first.backend, built: BUILT, fallbacks: [] });
    expect(second.start).not.toHaveBeenCalled();
  });

  it('says in order what did not start or computed wrongly, and lets go of that', async () => {
    const [threads, kernels, tfjs] = [way('kernels-threads', 'no shared memory.'), way('kernels'), way('tfjs')];
    vi.mocked(buildPipeline).mockRejectedValueOnce(new VisavisError('backend-unavailable', 'wasm computes wrongly'));
    const { backend, fallbacks } = await startPipeline('wasm', MODELS, [threads, kernels, tfjs]);
    expect(backend).toBe(tfjs.backend);
    expect(fallbacks).toEqual([
      { from: 'kernels-threads', reason: 'no shared memory' },
      { from: 'kernels', reason: 'wasm computes wrongly' },
    ]);
    expect(kernels.dispose).toHaveBeenCalledOnce();
    expect(tfjs.dispose).not.toHaveBeenCalled();
  });

  it('names the node of a graph that the kernels leave to TensorFlow.js, and does not ask them twice', async () => {
    const [threads, kernels, tfjs] = [way('kernels-threads'), way('kernels'), way('tfjs')];
    const node = { name: 'block/squeeze', op: 'SpaceToDepth', inputs: [], attributes: {} };
    vi.mocked(buildPipeline).mockRejectedValueOnce(unsupported(node, 'this operation'));
    const { backend, fallbacks } = await startPipeline('wasm', MODELS, [threads, kernels, tfjs]);
    expect(backend).toBe(tfjs.backend);
    expect(kernels.start).not.toHaveBeenCalled();
    expect(fallbacks).toEqual([
      { from: 'kernels-threads', reason: 'the kernels do not support this operation (SpaceToDepth "block/squeeze")' },
    ]);
  });

  it('names every cause once, and what to do, where nothing starts', async () => {
    const ways = [way('kernels', 'forbidden by a policy'), way('tfjs', 'forbidden by a policy'), way('webgl', 'no graphics card')];
    const failure = startPipeline('auto', MODELS, ways);
    await expect(failure).rejects.toMatchObject({ code: 'backend-unavailable' });
    await expect(failure).rejects.toThrow('kernels, tfjs: forbidden by a policy. webgl: no graphics card. Mend the first cause');
  });

  it.each([
    ['starts', way('kernels')],
    ['fails too', way('kernels', 'no')],
  ])('passes on what the models fail with, where the backend %s', async (_how, first) => {
    const second = way('tfjs');
    const failure = Promise.reject<Model>(new VisavisError('model-missing', 'gone'));
    vi.mocked(buildPipeline).mockImplementation((_, models) => Promise.resolve(models.detector).then(() => BUILT as never));
    const models = { detector: failure, mesh: failure, embedder: failure } as unknown as PipelineModels;
    await expect(startPipeline('auto', models, [first, second])).rejects.toMatchObject({ code: 'model-missing' });
    expect(second.start).not.toHaveBeenCalled();
  });

  it('tries no other way to run a model that no backend can read', async () => {
    const [first, second] = [way('kernels'), way('tfjs')];
    vi.mocked(buildPipeline).mockRejectedValueOnce(new VisavisError('model-corrupt', 'node 3 has no name'));
    await expect(startPipeline('auto', MODELS, [first, second])).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(first.dispose).toHaveBeenCalledOnce();
    expect(second.start).not.toHaveBeenCalled();
  });

  it.each([
    ['webgl', 1],
    ['webgpu', 1],
    ['wasm', 0],
    ['auto', 0],
  ] as const)('warns who asks for %s that software runs it: %i times', async (choice, times) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    // Node has no GPU.
    await startPipeline(choice, MODELS, [way('kernels')]);
    expect(warn).toHaveBeenCalledTimes(times);
  });
});
