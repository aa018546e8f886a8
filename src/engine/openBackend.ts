import type { Backend, BackendChoice } from '../shared/options.js';
import type { Fallback } from '../shared/VerifierInfo.js';
import { hasHardwareWebgl } from './hasHardwareWebgl.js';
import { hasHardwareWebgpu } from './hasHardwareWebgpu.js';
import type { GraphRuntime } from './GraphRuntime.js';
import { openKernels } from './kernels/openKernels.js';
import { usableThreads } from './kernels/usableThreads.js';

export interface OpenBackend {
  readonly backend: Backend;
  readonly build: string;
  readonly threads: number;
  readonly runtime: GraphRuntime;
  /** True when everything on this backend is gone and must be built again. */
  isLost(): boolean;
}

/** A way to run graphs, not yet started. */
export interface BackendStarter {
  readonly name: Fallback['from'];
  /**
   * Rejects with an Error that says why it does not start.
   * @param options `afresh`: after what it started before was lost
   */
  readonly start: (options?: { afresh?: boolean }) => Promise<OpenBackend>;
}

/** GPUs that `auto` may move to, the more promising first. */
export const GPU_BACKENDS = ['webgpu', 'webgl'] as const;
export type GpuBackend = (typeof GPU_BACKENDS)[number];

/**
 * The ways to run on a backend, best first; TensorFlow.js is only downloaded where it is used. WASM: our own kernels, and TensorFlow.js for
 * browsers without SIMD and for graphs that the kernels do not know. `auto`: those, then WebGL where a real GPU stands behind it.
 */
export function backendStarters(choice: BackendChoice): BackendStarter[] {
  switch (choice) {
    case 'webgl':
      return [{ name: 'webgl', start: openWebgl }];
    case 'webgpu':
      return [{ name: 'webgpu', start: openWebgpu }];
    case 'wasm':
    case 'auto':
      return [
        ...(usableThreads() > 1 ? [{ name: 'kernels-threads', start: () => openKernelWasm() } as const] : []),
        { name: 'kernels', start: () => openKernelWasm(1) },
        { name: 'tfjs', start: openTfjsWasm },
        ...(choice === 'auto' ? [{ name: 'webgl', start: openHardwareWebgl } as const] : []),
      ];
  }
}

/** Whether a real GPU stands behind a backend. */
export async function hasHardware(backend: GpuBackend): Promise<boolean> {
  return backend === 'webgpu' ? hasHardwareWebgpu() : hasHardwareWebgl();
}

async function openKernelWasm(threads?: number): Promise<OpenBackend> {
  return { backend: 'wasm', ...(await openKernels({ threads })), isLost: () => false };
}

async function openTfjsWasm(): Promise<OpenBackend> {
  const [{ startWasm }, { tfjsRuntime }] = await Promise.all([import('./tfjs/wasmBackend.js'), import('./tfjs/tfjsRuntime.js')]);
  return { backend: 'wasm', build: await startWasm(), threads: 1, runtime: tfjsRuntime('wasm'), isLost: () => false };
}

async function openHardwareWebgl(options?: { afresh?: boolean }): Promise<OpenBackend> {
  if (!hasHardwareWebgl())
    throw new Error('no graphics card stands behind WebGL here, and in software it would take seconds for a picture');
  return openWebgl(options);
}

async function openWebgl(options: { afresh?: boolean } = {}): Promise<OpenBackend> {
  const [{ startWebgl }, { tfjsRuntime }] = await Promise.all([import('./tfjs/webglBackend.js'), import('./tfjs/tfjsRuntime.js')]);
  return { backend: 'webgl', threads: 1, ...(await startWebgl(options)), runtime: tfjsRuntime('webgl') };
}

async function openWebgpu(options: { afresh?: boolean } = {}): Promise<OpenBackend> {
  const [{ startWebgpu }, { tfjsRuntime }] = await Promise.all([import('./tfjs/webgpuBackend.js'), import('./tfjs/tfjsRuntime.js')]);
  return { backend: 'webgpu', threads: 1, ...(await startWebgpu(options)), runtime: tfjsRuntime('webgpu') };
}
