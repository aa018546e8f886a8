import type { Backend, BackendChoice } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { GraphRuntime } from './GraphRuntime.js';
import { tfjsRuntime } from './tfjsRuntime.js';
import { hasWasmSimd, startWasm } from './wasmBackend.js';
import { hasHardwareWebgl, startWebgl } from './webglBackend.js';

export interface OpenBackend {
  readonly backend: Backend;
  readonly build: string;
  readonly threads: number;
  readonly runtime: GraphRuntime;
  /** True when everything on this backend is gone and must be built again. */
  isLost(): boolean;
}

/**
 * Opens the demanded backend, or with `auto` the first of: WASM with SIMD (a quick start and the same numbers everywhere), WebGL on a
 * real GPU, plain WASM. Throws `backend-unavailable` with what each failed with.
 */
export async function openBackend(choice: BackendChoice, options: { afresh?: boolean } = {}): Promise<OpenBackend> {
  const order: Backend[] =
    choice !== 'auto' ? [choice] : (await hasWasmSimd().catch(() => false)) || !hasHardwareWebgl() ? ['wasm', 'webgl'] : ['webgl', 'wasm'];
  const failures: string[] = [];
  for (const backend of order) {
    try {
      return backend === 'wasm' ? await openWasm() : await openWebgl(options);
    } catch (error) {
      failures.push(`${backend}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const advice = choice === 'auto' ? 'This browser can run neither WebAssembly nor WebGL.' : `Try backend: 'auto'.`;
  throw new VisavisError('backend-unavailable', `The backend "${choice}" did not start. ${advice} Details: ${failures.join('; ')}`);
}

async function openWasm(): Promise<OpenBackend> {
  return { backend: 'wasm', ...(await startWasm()), runtime: tfjsRuntime('wasm'), isLost: () => false };
}

async function openWebgl(options: { afresh?: boolean }): Promise<OpenBackend> {
  return { backend: 'webgl', threads: 1, ...(await startWebgl(options)), runtime: tfjsRuntime('webgl') };
}
