import { VisavisError } from '../../shared/VisavisError.js';
import type { EngineCode } from './EngineCode.js';
import { OWN_ORIGIN, serveIt } from './engineAt.js';
import { notStarted } from './notStarted.js';

/** The engine in files of its own, beside the library or where a bundler has put them. Bundlers follow only the literal forms. */
export const ENGINE_BESIDE: EngineCode = {
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws has to reject
  async startWorker() {
    try {
      const worker = new Worker(new URL('../../worker/worker.ts', import.meta.url), { type: 'module', name: 'visavis' });
      return { worker, notLoaded: notLoaded() };
    } catch (cause) {
      throw notStarted(cause, { trustedTypes: 'so name the worker’s file by workerUrl.', else: OWN_ORIGIN });
    }
  },
  async importHere() {
    try {
      return await import('../../worker/worker.js');
    } catch (cause) {
      const advice = "Serve the package's dist/visavis/visavis-worker.js there, as JavaScript and allowed by script-src.";
      throw new VisavisError('backend-unavailable', `The engine's script could not be imported ${fromWhere()}. ${advice}`, { cause });
    }
  },
  tfjs: () => ({
    gpu: [new URL('../../engine/tfjs/tfjsGpu.ts', import.meta.url)],
    wasm: [new URL('../../engine/tfjs/tfjsWasm.ts', import.meta.url)],
  }),
};

/** A missing file, a start page in its place, a wrong media type, a policy. */
function notLoaded(): string {
  return serveIt(fromWhere());
}

function fromWhere(): string {
  // What bundlers that follow nothing make of it. (Others may have put the address of a file on a disk here.)
  const beside = import.meta.url.replace(/[^/]*$/, 'visavis/visavis-worker.js');
  return beside.startsWith('http') ? `from ${beside}, unless a bundler has moved it` : 'from where the bundler put it';
}
