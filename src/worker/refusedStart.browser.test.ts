import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ENGINE } from '../../e2e/fixtures/engineAssets.js';
import { MODELS_URL } from '../../e2e/fixtures/pictures.js';
import { PATIENT } from '../../e2e/fixtures/patient.js';
import { KernelRuntime } from '../engine/kernels/KernelRuntime.js';
import { digestOf } from '../engine/models/manifestPin.js';
import { modelCache } from '../engine/models/modelCache.js';
import type { EarlyModels } from '../shared/EarlyModels.js';
import type { Manifest } from '../shared/Manifest.js';
import { MODEL_CACHE_NAME } from '../shared/modelCacheName.js';
import { createEngineService } from './createEngineService.js';

const options = { modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'wasm', ...ENGINE, cache: true } as const;
const nothing = () => undefined;

async function manifestOf(id: string): Promise<Manifest> {
  return (await (await fetch(`${MODELS_URL}${id}/manifest.json`)).json()) as Manifest;
}

/** What the page has asked for: this instead of one model's manifest. */
function instead(id: string, bytes: ArrayBuffer | Promise<ArrayBuffer>): EarlyModels {
  return {
    kept: () => Promise.resolve(undefined),
    drop: nothing,
    fetched: async (url) => (url.endsWith(`${id}/manifest.json`) ? { bytes: await bytes, type: 'application/json' } : null),
  };
}

const bytesOf = (manifest: Manifest) => new TextEncoder().encode(JSON.stringify(manifest)).buffer;

/** Its graph computes the same as ever, which is not what it says any more. */
function spoiled(manifest: Manifest): Manifest {
  const { golden, embedder } = manifest;
  const other = (values: readonly number[]) => values.map((v, i) => (i % 2 ? -v : v));
  if (embedder)
    return {
      ...manifest,
      embedder: { ...embedder, golden: { ...embedder.golden, int8: undefined, embedding: other(embedder.golden.embedding) } },
    };
  const outputs = Object.fromEntries(Object.entries(golden!.outputs).map(([name, values]) => [name, other(values)]));
  return { ...manifest, golden: { ...golden!, outputs } };
}

describe('an engine that is refused at its start', () => {
  const dispose = vi.fn();
  const load = vi.fn();
  const originals = Object.getOwnPropertyDescriptors(KernelRuntime.prototype);
  beforeEach(() => {
    KernelRuntime.prototype.dispose = function () {
      dispose();
      originals.dispose.value!.call(this);
    };
    KernelRuntime.prototype.load = function (...given) {
      load();
      return originals.load.value!.apply(this, given);
    };
  });
  afterEach(async () => {
    Object.defineProperties(KernelRuntime.prototype, originals);
    dispose.mockClear();
    load.mockReset();
    await caches.delete(MODEL_CACHE_NAME);
  });

  it.each(['blazeface-256', 'facemesh-192', 'mobilenet-160'])(
    'gives nothing away where %s computes something else than its manifest says, and keeps nothing',
    async (id) => {
      const bytes = bytesOf(spoiled(await manifestOf(id)));
      const service = createEngineService();
      const pinned = { ...options, cache: false, integrity: { [id]: await digestOf(bytes) } };
      const loaded = await service.load(pinned, nothing, nothing, instead(id, bytes));
      expect(loaded).toMatchObject({ ok: false, error: { code: 'backend-unavailable' } });
      expect(JSON.stringify(loaded)).toContain(`computes \\"${id}\\" wrongly`);
      expect(dispose).toHaveBeenCalledOnce();
      const frame = new ImageData(160, 160);
      const none = { ok: false, error: { code: 'disposed' } };
      // Detecting, verifying and enrolling from pictures, live and from crops: there is no other way in.
      expect(await service.analyze(frame, null, false)).toMatchObject(none);
      expect(await service.look(frame, { select: 'only', gate: true, stream: null })).toMatchObject(none);
      expect(await service.embedAll(frame, 1, false)).toMatchObject(none);
      expect(await service.embedCrop(frame)).toMatchObject(none);
    },
  );

  it('lets go of kept models, and of what runs them, where the server has others now', async () => {
    const first = createEngineService();
    expect(await first.load(options, nothing, nothing)).toMatchObject({ ok: true });
    await first.dispose();
    const cache = modelCache(MODELS_URL);
    await vi.waitFor(async () => {
      for (const id of ['blazeface-256', 'facemesh-192', 'mobilenet-160']) expect(await cache.readManifest(id, null)).not.toBeNull();
    }, PATIENT);
    dispose.mockClear();
    load.mockClear();
    let answer: (bytes: ArrayBuffer) => void = nothing;
    const late = new Promise<ArrayBuffer>((resolve) => (answer = resolve));
    const manifest = await manifestOf('facemesh-192');
    const run = new Promise<void>((resolve) => {
      load.mockImplementation(() => {
        if (load.mock.calls.length === 3) resolve();
      });
    });
    const service = createEngineService();
    // The server's two seconds to answer do not pass.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const loading = service.load(options, nothing, nothing, instead('facemesh-192', late));
    // The kept models run already.
    await run;
    answer(bytesOf({ ...manifest, version: '9.9.9' }));
    expect(await loading).toMatchObject({ ok: false, error: { code: 'model-corrupt' } });
    expect(dispose).toHaveBeenCalledOnce();
    expect(await service.embedCrop(new ImageData(160, 160))).toMatchObject({ ok: false, error: { code: 'disposed' } });
  });
});
