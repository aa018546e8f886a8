import { tfjsKey } from '../backend/tfjsKey.js';
import { tfjsRuntime } from './tfjsRuntime.js';
import { startWebgl } from './webglBackend.js';
import { startWebgpu } from './webgpuBackend.js';

/** What `visavis-tfjs-gpu.js` offers: see `loadTfjs`. */
export interface TfjsGpu {
  readonly startWebgl: typeof startWebgl;
  readonly startWebgpu: typeof startWebgpu;
  readonly tfjsRuntime: typeof tfjsRuntime;
}

(globalThis as unknown as Record<symbol, TfjsGpu>)[tfjsKey('gpu')] = { startWebgl, startWebgpu, tfjsRuntime };
