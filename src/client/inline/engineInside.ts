import WORKER from 'virtual:visavis/worker-script';
import { unpackFile } from '../../shared/unpackFile.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { EngineCode } from '../bridge/EngineCode.js';
import { notStarted } from '../bridge/notStarted.js';
import { ownScript, type OwnScript } from './ownScript.js';

const FILE = 'visavis-worker.js';
const OR_ELSE = 'or import "visavis", whose worker is a file';

/** The engine as a text inside the library, started from an address that the page makes for it. */
export const ENGINE_INSIDE: EngineCode = {
  async startWorker() {
    const script = await unpacked();
    try {
      const worker = new Worker(script.trusted(), { type: 'module', name: 'visavis' });
      // The helper threads start from the same address, also later: it is revoked with the worker.
      return { worker, notLoaded: `its script could not be started from a blob: address. ${allow('worker-src')}`, release: script.release };
    } catch (cause) {
      script.release();
      throw notStarted(cause, {
        trustedTypes: `so its policy has to say: trusted-types visavis-inline visavis. With two copies of visavis/inline, also 'allow-duplicates'.`,
        else: `${allow('worker-src')}.`,
      });
    }
  },
  async importHere() {
    const script = await unpacked();
    try {
      return (await import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ script.url)) as Awaited<
        ReturnType<EngineCode['importHere']>
      >;
    } catch (cause) {
      throw new VisavisError('backend-unavailable', `The engine's script could not be imported: ${allow('script-src')}.`, { cause });
    } finally {
      script.release();
    }
  },
  tfjs: () => ({ gpu: [], wasm: [] }),
};

async function unpacked(): Promise<OwnScript> {
  return ownScript(await unpackFile(WORKER, FILE));
}

function allow(directive: string): string {
  return `If the page has a Content Security Policy, it has to say ${directive} blob: (in visavis/inline the worker has no file); do that, ${OR_ELSE}`;
}
