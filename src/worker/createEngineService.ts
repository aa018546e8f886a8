import { FaceEngine } from '../engine/FaceEngine.js';
import { PixelReader } from '../engine/PixelReader.js';
import type { EngineService, Settled } from '../shared/EngineService.js';
import { toErrorData } from '../shared/errorData.js';
import { VisavisError } from '../shared/VisavisError.js';

/** The engine behind the message loop: errors become data, frames become pixels. */
export function createEngineService(): EngineService {
  const reader = new PixelReader();
  let engine: FaceEngine | null = null;
  let disposed = false;
  const gone = () => new VisavisError('disposed', 'This verifier was disposed: create a new one.');
  const loaded = (): FaceEngine => {
    if (!engine) throw gone();
    return engine;
  };
  return {
    load: (options, onProgress) =>
      settle(async () => {
        const fresh = await FaceEngine.load(options, (progress) => {
          if (!disposed) onProgress(progress);
        });
        if (disposed) {
          fresh.dispose();
          throw gone();
        }
        engine = fresh;
        return fresh.info;
      }),
    analyze: (frame) => settle(() => loaded().analyze(reader.read(frame))),
    embed: (frame, select) => settle(() => loaded().embed(reader.read(frame), select)),
    embedAll: (frame) => settle(() => loaded().embedAll(reader.read(frame))),
    embedCrop: (frame) => settle(() => loaded().embedCrop(reader.read(frame))),
    memory: () => settle(() => loaded().memory()),
    dispose: () =>
      settle(() => {
        disposed = true;
        engine?.dispose();
        engine = null;
        return undefined;
      }),
  };
}

async function settle<T>(task: () => T | Promise<T>): Promise<Settled<T>> {
  try {
    return { ok: true, value: await task() };
  } catch (error) {
    return { ok: false, error: toErrorData(error) };
  }
}
