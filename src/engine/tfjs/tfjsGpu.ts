import { tfjsKey } from '../backend/tfjsKey.js';
import { openGpu } from './openGpu.js';

/** What `visavis-tfjs-gpu.js` offers: see `loadTfjs`. */
export interface TfjsGpu {
  readonly openGpu: typeof openGpu;
}

(globalThis as unknown as Record<symbol, TfjsGpu>)[tfjsKey('gpu')] = { openGpu };
