import { trustedScriptUrl } from '../../shared/trustedScriptUrl.js';
import type { EngineCode, EngineWorker } from './EngineCode.js';
import { notStarted } from './notStarted.js';

export const OWN_ORIGIN = 'serve the library, or the file that workerUrl names, from the page’s own origin.';

/** An entry's engine, but with the worker that the page has named. */
export function engineAt(workerUrl: string | URL, code: EngineCode): EngineCode {
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws has to reject
  return { ...code, startWorker: async () => startAt(workerUrl) };
}

function startAt(workerUrl: string | URL): EngineWorker {
  try {
    const worker = new Worker(trustedScriptUrl(workerUrl), { type: 'module', name: 'visavis' });
    return { worker, notLoaded: serveIt(`from ${String(workerUrl)}`) };
  } catch (cause) {
    throw notStarted(cause, {
      trustedTypes:
        'and the policy "visavis" could not be used. workerUrl has to be of the page’s own origin, and the page’s policy has to say: ' +
        "trusted-types visavis. With another version of visavis on the page: trusted-types visavis 'allow-duplicates'.",
      else: OWN_ORIGIN,
    });
  }
}

/** @param from where the worker's script could not be loaded from */
export function serveIt(from: string): string {
  return (
    `its script could not be loaded ${from}. Serve the package's dist/visavis/visavis-worker.js there, as JavaScript and allowed by ` +
    'worker-src, or name its address by workerUrl'
  );
}
