import { expose } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '../../../e2e/fixtures/patient.js';
import type { EngineOptions, FrameData, Settled } from '../../shared/EngineService.js';
import type { LoadProgress } from '../../shared/options.js';
import type { VerifierInfo } from '../../shared/VerifierInfo.js';
import { EngineLooker } from '../live/EngineLooker.js';
import { EngineBridge } from './EngineBridge.js';

const FRAME = { close: () => {} } as unknown as FrameData;
const INFO = { modelVersion: '1', pipelineVersion: 1 };

/** Answers when it is told to. */
class SlowService {
  answer: () => void = () => {};
  readonly #answered = new Promise<void>((resolve) => (this.answer = resolve));
  looks = 0;

  load(_options: EngineOptions, onProgress: (progress: LoadProgress) => void) {
    onProgress({ loaded: 1, total: 2, stage: 'download' });
    return { ok: true, value: INFO };
  }
  async look(): Promise<Settled<number[]>> {
    this.looks++;
    await this.#answered;
    return { ok: true, value: [1, 2, 3] };
  }
  ping() {
    return { ok: true, value: undefined };
  }
  dispose() {
    return { ok: true, value: undefined };
  }
}

let service: SlowService;
let bridge: EngineBridge;
beforeEach(() => {
  service = new SlowService();
  const { port1, port2 } = new MessageChannel();
  expose(service, port2);
  bridge = new EngineBridge({
    open: () => Promise.resolve({ thread: 'worker', port: port1, onCrash: () => undefined, close: () => port1.close() }),
    options: {} as EngineOptions,
    onInfo: () => undefined,
  });
});
afterEach(() => {
  service.answer();
  bridge.dispose();
});

describe('an answer that comes too late', () => {
  const look = (discard: (value: unknown) => void, signal?: AbortSignal) =>
    bridge.withFrame(
      signal,
      () => Promise.resolve({ data: FRAME }),
      (engine) => engine.look(null as never, {} as never) as Promise<Settled<unknown>>,
      discard,
    );

  it.each([
    ['aborted', (abort: AbortController) => abort.abort()],
    ['disposed', () => bridge.dispose()],
  ])('is discarded where the call was %s', async (code, end) => {
    const [discard, abort] = [vi.fn(), new AbortController()];
    const call = look(discard, abort.signal);
    await vi.waitFor(() => expect(service.looks).toBe(1), PATIENT);
    end(abort);
    await expect(call).rejects.toMatchObject({ code });
    expect(discard).not.toHaveBeenCalled();
    service.answer();
    await vi.waitFor(() => expect(discard).toHaveBeenCalledExactlyOnceWith([1, 2, 3]), PATIENT);
  });

  it('is none where the call gets it', async () => {
    const discard = vi.fn();
    service.answer();
    expect((await look(discard)).value).toEqual([1, 2, 3]);
    expect(discard).not.toHaveBeenCalled();
  });

  it('is overwritten, whatever it holds of a face', async () => {
    const discards: ((value: unknown) => void)[] = [];
    const nobodys = { withFrame: (...[, , , discard]: unknown[]) => (discards.push(discard as never), Promise.reject(new Error('ended'))) };
    const looker = new EngineLooker(nobodys as unknown as EngineBridge, () => ({ thread: 'worker' }) as VerifierInfo);
    for (const call of [looker.look(FRAME), looker.embedAll(FRAME), looker.embedCrop(FRAME, undefined)])
      await expect(call).rejects.toThrow();
    const made = Array.from({ length: 4 }, () => Float32Array.of(0.6, 0.8));
    discards[0]({ face: {}, embedding: made[0] });
    discards[0]({ face: {}, embedding: null });
    discards[1](made.slice(1, 3).map((embedding) => ({ embedding })));
    discards[2](made[3]);
    for (const values of made) expect([...values]).toEqual([0, 0]);
  });
});

it('does not end the start for what the page throws when it is told of the progress', async () => {
  const queued = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => undefined);
  const told = vi.fn(() => {
    throw new Error('the page');
  });
  await bridge.load(told);
  expect(told).toHaveBeenCalledWith({ loaded: 1, total: 2, stage: 'download' });
  expect(queued).toHaveBeenCalledOnce();
  expect(queued.mock.calls[0][0]).toThrow('the page');
  queued.mockRestore();
});
