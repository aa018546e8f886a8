import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ENGINE } from '../../../e2e/fixtures/engineAssets.js';
import { blank, cosine, face, MODELS_URL } from '../../../e2e/fixtures/pictures.js';
import { passTime } from '../../../e2e/fixtures/passTime.js';
import { PATIENT } from '../../../e2e/fixtures/patient.js';
import { createFaceVerifier } from '../createFaceVerifier.js';
import { manifestKey } from '../../shared/keptModels.js';
import { MODEL_CACHE_NAME } from '../../shared/modelCacheName.js';
import { ENGINE_BESIDE } from './engineBeside.js';
import { EngineBridge } from './EngineBridge.js';
import { openEngine } from './openEngine.js';
import type { FaceVerifier } from '../FaceVerifier.js';

const options = { modelsUrl: MODELS_URL, backend: 'wasm' } as const;
/** A worker that runs, and never says anything. */
const MUTE = URL.createObjectURL(new Blob(['onmessage = () => {};'], { type: 'text/javascript' }));

/** A worker that says it has loaded a version of the model, and no more. */
const fakeWorker = (modelVersion: string) => {
  const info = JSON.stringify({ model: 'mobilenet-160', modelVersion, pipelineVersion: 1, operatingPoints: [] });
  const reply = `postMessage({ id: data.id, type: 'RAW', value: { ok: true, value: ${info} } })`;
  return URL.createObjectURL(new Blob([`onmessage = ({ data }) => ${reply};`], { type: 'text/javascript' }));
};

/** Pixels whose buffer was handed to another thread. */
function detached(): ImageData {
  const pixels = blank();
  structuredClone(null, { transfer: [pixels.data.buffer] });
  return pixels;
}

const stopped = expect.objectContaining({ code: 'backend-unavailable' }) as object;

describe('EngineBridge', () => {
  let workers: (Worker & { calls: string[]; ended: boolean; onEnd: () => void })[];
  /** Called with the name of each method that a worker is asked for, at once. */
  let heard: (call: string) => void;
  /** Run instead of the engine's own script. */
  let script: string | null = null;
  /** What a worker is not sent: names of methods. */
  const lost = new Set<string>();
  const RealWorker = Worker;
  let verifier: FaceVerifier;
  let picture: ImageBitmap;
  let before: Float32Array;

  beforeEach(async () => {
    workers = [];
    lost.clear();
    script = null;
    heard = () => undefined;
    globalThis.Worker = class extends RealWorker {
      calls: string[] = [];
      ended = false;
      onEnd = () => {};
      constructor(url: string | URL, ...rest: [WorkerOptions]) {
        super(script ?? url, ...rest);
        workers.push(this);
      }
      override postMessage(message: { path?: string[] }, ...rest: never[]) {
        const call = message.path?.[0] ?? '';
        this.calls.push(call);
        if (!lost.has(call)) super.postMessage(message, ...rest);
        heard(call);
      }
      override terminate() {
        this.ended = true;
        super.terminate();
        this.onEnd();
      }
    } as typeof Worker;
    verifier = await createFaceVerifier(options);
    picture = await face('person01-a-front');
    before = (await verifier.embed(picture)).embedding;
  });
  afterEach(async () => {
    vi.useRealTimers();
    verifier.dispose();
    globalThis.Worker = RealWorker;
    // Some keep models first, for which they have ten seconds.
    await vi.waitFor(() => expect(workers.every(({ ended }) => ended)).toBe(true), { timeout: 60_000 });
  });

  /** Once a worker is asked for this, before it can have answered. */
  function asked(call: string): Promise<void> {
    return new Promise((resolve) => {
      heard = (name) => {
        if (name === call) resolve();
      };
    });
  }

  /** Lets the watch's seconds pass, and the engine answer in between, until the call has settled. */
  async function settled<T>(call: () => Promise<T>): Promise<unknown> {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let outcome: { value: unknown } | undefined;
    call().then(
      (value) => (outcome = { value }),
      (value: unknown) => (outcome = { value }),
    );
    for (let i = 0; i < 10_000 && !outcome; i++) {
      vi.advanceTimersByTime(1000);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    vi.useRealTimers();
    return outcome ? outcome.value : 'nothing';
  }

  async function answersAgain(): Promise<void> {
    const info = verifier.info;
    const { embedding } = await verifier.embed(picture);
    expect(cosine(embedding, before)).toBeGreaterThan(0.9999);
    expect(verifier.info).toEqual(info);
  }

  it('refuses pixels without a buffer, and goes on', async () => {
    await expect(verifier.analyze(detached())).rejects.toMatchObject({
      code: 'bad-image',
      message: expect.stringMatching(/0 values.*another thread/) as string,
    });
    await answersAgain();
    expect(workers).toHaveLength(1);
  });

  it('rejects a call whose message the worker cannot read, and goes on', async () => {
    const bridge = new EngineBridge({
      open: () => openEngine(ENGINE_BESIDE),
      options: { ...ENGINE, ...options, model: 'mobilenet-160' },
      onInfo: () => undefined,
    });
    const analyze = (data: ImageData) =>
      bridge.withFrame(
        undefined,
        () => Promise.resolve({ data }),
        (engine, pixels) => engine.analyze(pixels, null, false),
      );
    await expect(analyze(detached())).rejects.toMatchObject({ code: 'bad-image' });
    expect(await analyze(blank())).toMatchObject({ value: [] });
    bridge.dispose();
    expect(workers).toHaveLength(2);
  });

  it('rejects the call under way when a reply cannot be read, and starts anew', async () => {
    lost.add('look');
    const call = verifier.embed(picture);
    await vi.waitFor(() => expect(workers[0].calls).toContain('look'), PATIENT);
    workers[0].dispatchEvent(new MessageEvent('messageerror'));
    await expect(call).rejects.toEqual(stopped);
    lost.clear();
    await answersAgain();
    expect(workers).toHaveLength(2);
  });

  it.each<[string, (worker: Worker) => void]>([
    ['was ended from outside', (worker) => RealWorker.prototype.terminate.call(worker)],
    ['answers nothing any more', () => ['look', 'ping'].forEach((call) => lost.add(call))],
    ['has lost the reply', () => lost.add('look')],
  ])('notices a worker that %s, and starts another with the next call', async (_name, harm) => {
    harm(workers[0]);
    expect(await settled(() => verifier.embed(picture))).toEqual(stopped);
    expect(workers[0].ended).toBe(true);
    lost.clear();
    const inOrder = await Promise.all([verifier.embed(picture), verifier.analyze(blank())]);
    expect(cosine(inOrder[0].embedding, before)).toBeGreaterThan(0.9999);
    expect(inOrder[1]).toEqual([]);
    await answersAgain();
    expect(workers).toHaveLength(2);
  });

  it('notices an engine that does not start', async () => {
    expect(await settled(() => createFaceVerifier({ ...options, workerUrl: MUTE }))).toEqual(stopped);
    expect(workers[1].ended).toBe(true);
  });

  it('takes an error of the worker for its end, also between calls', async () => {
    workers[0].dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }));
    await answersAgain();
    expect(workers).toHaveLength(2);
  });

  describe('disposed of as soon as it has answered', () => {
    /** Keeps models from being kept until it is called; engines wait for the lock. */
    async function hold(): Promise<() => void> {
      let release = () => {};
      await new Promise<void>((held) => {
        const untilReleased = () =>
          new Promise<void>((done) => {
            release = done;
            held();
          });
        void navigator.locks.request(MODEL_CACHE_NAME, untilReleased);
      });
      onTestFinished(() => release());
      return release;
    }

    async function keptAt(): Promise<number> {
      const cache = await caches.open(MODEL_CACHE_NAME);
      const [manifest] = (await cache.keys()).filter(({ url }) => url.startsWith(manifestKey('mobilenet-160', MODELS_URL)));
      return Number((await cache.match(manifest))!.headers.get('x-visavis-kept'));
    }

    it('has kept its models before its worker is ended; its calls end at once', async () => {
      verifier.dispose();
      const release = await hold();
      const begun = Date.now();
      verifier = await createFaceVerifier(options);
      const call = verifier.analyze(blank());
      // The seconds that it has to finish do not pass by themselves.
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
      const ended = new Promise<void>((resolve) => (workers[1].onEnd = resolve));
      verifier.dispose();
      await expect(call).rejects.toMatchObject({ code: 'disposed' });
      await vi.advanceTimersByTimeAsync(9000);
      expect(workers[1].ended).toBe(false);
      release();
      await ended;
      expect(await keptAt()).toBeGreaterThanOrEqual(begun);
    });

    it('is ended at once where it crashes meanwhile', async () => {
      verifier.dispose();
      const release = await hold();
      verifier = await createFaceVerifier(options);
      verifier.dispose();
      expect(workers[1].ended).toBe(false);
      workers[1].dispatchEvent(new ErrorEvent('error', { cancelable: true }));
      expect(workers[1].ended).toBe(true);
      release();
    });

    it('is ended all the same where keeping takes long', async () => {
      verifier.dispose();
      const release = await hold();
      verifier = await createFaceVerifier(options);
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
      const ended = new Promise<void>((resolve) => (workers[1].onEnd = resolve));
      verifier.dispose();
      await passTime(ended, 60_000);
      release();
    });
  });

  it('can be disposed while the engine starts again', async () => {
    workers[0].dispatchEvent(new ErrorEvent('error', { cancelable: true }));
    const loading = asked('load');
    const call = verifier.embed(picture);
    await loading;
    verifier.dispose();
    await expect(call).rejects.toMatchObject({ code: 'disposed' });
    await expect(verifier.embed(picture)).rejects.toMatchObject({ code: 'disposed' });
    expect(workers).toHaveLength(2);
    // It has nothing to finish.
    expect(workers[1].ended).toBe(true);
  });

  it('can abort a call while the engine starts again, which is then ready for the next', async () => {
    workers[0].dispatchEvent(new ErrorEvent('error', { cancelable: true }));
    const controller = new AbortController();
    const loading = asked('load');
    const call = verifier.embed(picture, { signal: controller.signal });
    await loading;
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    await answersAgain();
    expect(workers).toHaveLength(2);
    expect(workers[1].calls.filter((name) => name === 'look')).toHaveLength(1);
  });

  it('does not go on with another version of the model', async () => {
    workers[0].dispatchEvent(new ErrorEvent('error', { cancelable: true }));
    script = fakeWorker('999.0.0');
    await expect(verifier.embed(picture)).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(/999\.0\.0 instead of /) as string,
    });
    script = null;
    await answersAgain();
  });

  it('says why where the engine does not start again, and tries once more with the next call', async () => {
    workers[0].dispatchEvent(new ErrorEvent('error', { cancelable: true }));
    const RecordingWorker = Worker;
    globalThis.Worker = function refuse() {
      throw new DOMException('refused', 'SecurityError');
    } as unknown as typeof Worker;
    await expect(verifier.embed(picture)).rejects.toEqual(stopped);
    globalThis.Worker = RecordingWorker;
    await answersAgain();
  });
});
