import type { Endpoint } from 'comlink';
import { onUnreadable } from '../../shared/onUnreadable.js';
import type { EngineCode } from './EngineCode.js';

export interface EngineEndpoint {
  readonly thread: 'worker' | 'main';
  readonly port: Endpoint;
  /** Tells when the engine has failed in a way that leaves the call under way without a reply. */
  readonly onCrash: (listener: (reason: string) => void) => void;
  readonly close: () => void;
}

const LOST_REPLY = 'a reply could not be read';

/**
 * Starts the engine in a module worker, or, where workers or OffscreenCanvas are missing, on this thread: the same code, reached
 * through the same messages.
 */
export async function openEngine(code: EngineCode): Promise<EngineEndpoint> {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return openOnThisThread(code);
  return openWorker(code);
}

async function openWorker(code: EngineCode): Promise<EngineEndpoint> {
  const { worker, notLoaded, release } = await code.startWorker();
  return {
    thread: 'worker',
    port: worker,
    onCrash(listener) {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message || notLoaded);
      });
      onUnreadable(worker, () => listener(LOST_REPLY));
    },
    close() {
      worker.terminate();
      release?.();
    },
  };
}

async function openOnThisThread(code: EngineCode): Promise<EngineEndpoint> {
  const { serve } = await code.importHere();
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  return {
    thread: 'main',
    port: port1,
    onCrash: (listener) => onUnreadable(port1, () => listener(LOST_REPLY)),
    close() {
      port1.close();
      port2.close();
    },
  };
}
