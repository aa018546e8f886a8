import { proxy } from 'comlink';
import { FaceEngine } from '../engine/FaceEngine.js';
import type { EngineService, FrameData, Settled } from '../shared/EngineService.js';
import { toErrorData } from '../shared/errorData.js';
import { isA } from '../shared/isA.js';
import { VisavisError } from '../shared/VisavisError.js';
import { assertEngineOptions, assertFrame, assertLookRequest, assertSmall, assertStream } from './engineMessages.js';

/** The engine behind the message loop: errors become data, frames become pixels. */
export function createEngineService(): EngineService {
  let engine: FaceEngine | null = null;
  let disposed = false;
  /** Loading ends with the service: on the page's own thread nobody else stops its downloads. */
  const loading = new AbortController();
  const gone = () => new VisavisError('disposed', 'This verifier was disposed: create a new one.');
  const loaded = (): FaceEngine => {
    if (!engine) throw gone();
    return engine;
  };
  /** Checks a call, and hands its frame to the engine, which closes it; a frame of a call that is refused is closed here. */
  const asked = <T>(frame: FrameData, check: () => void, task: (ready: FaceEngine) => Promise<T>) =>
    settle(() => {
      let ready: FaceEngine;
      try {
        assertFrame(frame);
        check();
        ready = loaded();
      } catch (error) {
        close(frame);
        throw error;
      }
      return task(ready);
    });
  return {
    load: (options, onProgress, onMove, early) =>
      settle(async () => {
        assertEngineOptions(options);
        const fresh = await FaceEngine.load(
          options,
          (progress) => {
            if (!disposed) onProgress(progress);
          },
          (info) => {
            if (!disposed) onMove(info);
          },
          loading.signal,
          early && {
            kept: (key) => early.kept(key),
            fetched: (url, onArrived) => early.fetched(url, proxy(onArrived)),
            drop: (url) => early.drop(url),
          },
        );
        if (disposed) {
          await fresh.dispose();
          throw gone();
        }
        engine = fresh;
        return fresh.info;
      }),
    analyze: (frame, stream, small) =>
      asked(
        frame,
        () => assertPlace(stream, small),
        (ready) => ready.analyze(frame, stream, small),
      ),
    look: (frame, options) =>
      asked(
        frame,
        () => assertLookRequest(options),
        (ready) => ready.look(frame, options),
      ),
    embedAll: (frame, stream, small) =>
      asked(
        frame,
        () => assertPlace(stream, small),
        (ready) => ready.embedAll(frame, stream, small),
      ),
    embedCrop: (frame) =>
      asked(
        frame,
        () => undefined,
        (ready) => ready.embedCrop(frame),
      ),
    memory: () => settle(() => loaded().memory()),
    ping: () => settle(() => undefined),
    dispose: () =>
      settle(async () => {
        disposed = true;
        loading.abort();
        const ended = engine?.dispose();
        engine = null;
        await ended;
        return undefined;
      }),
  };
}

function assertPlace(stream: unknown, small: unknown): void {
  assertStream(stream);
  assertSmall(small, stream);
}

/** What holds a camera's buffer, or a decoder's, until it is closed. */
function close(frame: unknown): void {
  if (isA(frame, 'ImageBitmap') || isA(frame, 'VideoFrame')) frame.close();
}

async function settle<T>(task: () => T | Promise<T>): Promise<Settled<T>> {
  try {
    return { ok: true, value: await task() };
  } catch (error) {
    return { ok: false, error: toErrorData(error) };
  }
}
