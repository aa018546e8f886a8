import { tfjsKey } from '../backend/tfjsKey.js';
import { tfjsRuntime } from './tfjsRuntime.js';
import { startWasm } from './wasmBackend.js';

/** What `visavis-tfjs-wasm.js` offers: see `loadTfjs`. */
export interface TfjsWasm {
  readonly startWasm: typeof startWasm;
  readonly tfjsRuntime: typeof tfjsRuntime;
}

(globalThis as unknown as Record<symbol, TfjsWasm>)[tfjsKey('wasm')] = { startWasm, tfjsRuntime };
