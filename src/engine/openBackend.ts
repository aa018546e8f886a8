import type { Backend } from '../shared/options.js';
import { hasHardwareWebgl } from './hasHardwareWebgl.js';
import { hasHardwareWebgpu } from './hasHardwareWebgpu.js';
import type { GraphRuntime } from './GraphRuntime.js';
import { openKernels } from './kernels/openKernels.js';

export interface OpenBackend {
  readonly backend: Backend;
  readonly build: string;
  readonly threads: number;
  readonly runtime: GraphRuntime;
  /** True when everything on this backend is gone and must be built again. */
  isLost(): boolean;
}

/** A way to run graphs, not yet started. `afresh`: after what it started before was lost. */
export type BackendStarter = (options?: { afresh?: boolean }) => Promise<OpenBackend>;

/**
 * How each backend can run, best first; TensorFlow.js is only downloaded where it is used. WASM: our own kernels, and TensorFlow.js for browsers
 * without SIMD and for graphs that the kernels do not know.
 */
export const BACKEND_STARTERS: Readonly<Record<Backend, readonly BackendStarter[]>> = {
  wasm: [openKernelWasm, openTfjsWasm],
  webgl: [openWebgl],
  webgpu: [openWebgpu],
};

async function openKernelWasm(): Promise<OpenBackend> {
  return { backend: 'wasm', ...(await openKernels()), isLost: () => false };
}

async function openTfjsWasm(): Promise<OpenBackend> {
  const [{ startWasm }, { tfjsRuntime }] = await Promise.all([import('./tfjs/wasmBackend.js'), import('./tfjs/tfjsRuntime.js')]);
  return { backend: 'wasm', build: await startWasm(), threads: 1, runtime: tfjsRuntime('wasm'), isLost: () => false };
}

async function openWebgl(options: { afresh?: boolean } = {}): Promise<OpenBackend> {
  const [{ startWebgl }, { tfjsRuntime }] = await Promise.all([import('./tfjs/webglBackend.js'), import('./tfjs/tfjsRuntime.js')]);
  return { backend: 'webgl', threads: 1, ...(await startWebgl(options)), runtime: tfjsRuntime('webgl') };
}

async function openWebgpu(options: { afresh?: boolean } = {}): Promise<OpenBackend> {
  const [{ startWebgpu }, { tfjsRuntime }] = await Promise.all([import('./tfjs/webgpuBackend.js'), import('./tfjs/tfjsRuntime.js')]);
  return { backend: 'webgpu', threads: 1, ...(await startWebgpu(options)), runtime: tfjsRuntime('webgpu') };
}

/** GPUs that `auto` may move to, the more promising first. */
export const GPU_BACKENDS = ['webgpu', 'webgl'] as const;

/** Whether a real GPU stands behind a backend. */
export async function hasHardware(backend: (typeof GPU_BACKENDS)[number]): Promise<boolean> {
  return backend === 'webgpu' ? hasHardwareWebgpu() : hasHardwareWebgl();
}
