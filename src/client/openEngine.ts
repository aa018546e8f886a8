import type { Endpoint } from 'comlink';
import { trustedScriptUrl } from '../shared/trustedScriptUrl.js';
import { VisavisError } from '../shared/VisavisError.js';

export interface EngineEndpoint {
  readonly thread: 'worker' | 'main';
  readonly port: Endpoint;
  /** Tells when the engine is gone for good. */
  readonly onCrash: (listener: (reason: string) => void) => void;
  readonly close: () => void;
}

/** Browsers do not say why: a missing file, a start page in its place, a wrong media type, a policy. */
const NOT_LOADED =
  'its script could not be loaded; serve visavis-worker.js and chunks/ beside visavis.js, as JavaScript and allowed by worker-src, or name the script by workerUrl';

/**
 * Starts the engine in a module worker, or, where workers or OffscreenCanvas are missing, on this thread: the same code, reached
 * through the same messages.
 */
export async function openEngine(workerUrl: string | URL | undefined): Promise<EngineEndpoint> {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return openOnThisThread();
  return openWorker(workerUrl);
}

function openWorker(workerUrl: string | URL | undefined): EngineEndpoint {
  const worker = startWorker(workerUrl);
  return {
    thread: 'worker',
    port: worker,
    onCrash(listener) {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message || NOT_LOADED);
      });
      worker.addEventListener('messageerror', () => listener('a message could not be read'));
    },
    close: () => worker.terminate(),
  };
}

function startWorker(workerUrl: string | URL | undefined): Worker {
  try {
    // Bundlers follow only the literal form.
    return workerUrl
      ? new Worker(trustedScriptUrl(workerUrl), { type: 'module', name: 'visavis' })
      : new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'visavis' });
  } catch (cause) {
    const advice =
      'serve the library, or the file that workerUrl names, from the page’s own origin; on a page under Trusted Types name it by workerUrl.';
    throw new VisavisError('backend-unavailable', `The engine's worker could not be started: ${advice}`, { cause });
  }
}

async function openOnThisThread(): Promise<EngineEndpoint> {
  const { serve } = await import('../worker/serve.js');
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  return {
    thread: 'main',
    port: port1,
    onCrash: () => undefined,
    close() {
      port1.close();
      port2.close();
    },
  };
}
