import type { Endpoint } from 'comlink';
import { onUnreadable } from '../shared/onUnreadable.js';
import { trustedScriptUrl } from '../shared/trustedScriptUrl.js';
import { VisavisError } from '../shared/VisavisError.js';

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
        listener(event.message || notLoaded(workerUrl));
      });
      onUnreadable(worker, () => listener(LOST_REPLY));
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
    throw new VisavisError('backend-unavailable', `The engine's worker could not be started: ${adviceFor(cause, workerUrl)}`, { cause });
  }
}

/** Browsers do not say why: a missing file, a start page in its place, a wrong media type, a policy. */
function notLoaded(workerUrl: string | URL | undefined): string {
  // What bundlers that follow nothing make of it. (Others may have put the address of a file on a disk here.)
  const beside = import.meta.url.replace(/[^/]*$/, 'visavis/visavis-worker.js');
  const guess = beside.startsWith('http') ? `from ${beside}, unless a bundler has moved it` : 'from where the bundler put it';
  return (
    `its script could not be loaded ${workerUrl ? `from ${String(workerUrl)}` : guess}. Serve the package's dist/visavis/visavis-worker.js ` +
    'there, as JavaScript and allowed by worker-src, or name its address by workerUrl'
  );
}

/** @param cause what the constructor threw: a DOMException for an address that it refuses, a TypeError where Trusted Types refuse a text */
function adviceFor(cause: unknown, workerUrl: string | URL | undefined): string {
  if (!('trustedTypes' in globalThis) || !(cause instanceof TypeError)) {
    return 'serve the library, or the file that workerUrl names, from the page’s own origin.';
  }
  if (!workerUrl) return 'this page requires Trusted Types, so name the worker’s file by workerUrl.';
  return (
    'this page requires Trusted Types, and the policy "visavis" could not be used. workerUrl has to be of the page’s own origin, and the ' +
    "page’s policy has to say: trusted-types visavis. With another version of visavis on the page: trusted-types visavis 'allow-duplicates'."
  );
}

async function openOnThisThread(): Promise<EngineEndpoint> {
  const { serve } = await import('../worker/worker.js');
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
