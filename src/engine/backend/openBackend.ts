import type { EngineAssets } from '../../shared/EngineService.js';
import type { Backend, BackendChoice } from '../../shared/options.js';
import type { PackedFiles } from '../../shared/PackedFiles.js';
import type { Fallback } from '../../shared/VerifierInfo.js';
import { webglKind } from '../../shared/webglKind.js';
import { webgpuKind } from '../../shared/webgpuKind.js';
import { assertWasmAllowed } from './assertWasmAllowed.js';
import type { GraphRuntime } from '../GraphRuntime.js';
import { startKernels } from '../kernels/openKernels.js';
import { usableThreads } from '../kernels/usableThreads.js';
import { loadTfjs } from './loadTfjs.js';

export interface OpenBackend {
  readonly backend: Backend;
  readonly build: string;
  /** How many compute, once they do: graphs may be loaded before. Rejects with an Error that says why it is too few. */
  readonly threads: number | Promise<number>;
  readonly runtime: GraphRuntime;
  /** True when everything on this backend is gone and must be built again. */
  isLost(): boolean;
}

/** A way to run graphs, not yet started. */
export interface BackendStarter {
  readonly name: Fallback['from'];
  /** Starts it; anew, if what it started before was lost. Rejects with an Error that says why it does not start. */
  readonly start: () => Promise<OpenBackend>;
}

/** GPUs that `auto` may move to, the more promising first. */
export const GPU_BACKENDS = ['webgpu', 'webgl'] as const;
export type GpuBackend = (typeof GPU_BACKENDS)[number];

/**
 * The ways to run on a backend, best first; TensorFlow.js is only downloaded where it is used. WASM: our own kernels, and TensorFlow.js for
 * browsers without SIMD and for graphs that the kernels do not know. `auto`: those, then WebGL where a real GPU stands behind it.
 */
export function backendStarters(choice: BackendChoice, { kernels, tfjs }: EngineAssets): BackendStarter[] {
  switch (choice) {
    case 'webgl':
    case 'webgpu':
      return [{ name: choice, start: () => openGpuBackend(choice, tfjs.gpu) }];
    case 'wasm':
    case 'auto':
      return [
        ...(usableThreads() > 1 ? [{ name: 'kernels-threads', start: () => openKernelWasm(kernels) } as const] : []),
        { name: 'kernels', start: () => openKernelWasm(kernels, 1) },
        { name: 'tfjs', start: () => openTfjsWasm(tfjs.wasm) },
        ...(choice === 'auto' ? [{ name: 'webgl', start: () => openHardwareWebgl(tfjs.gpu) } as const] : []),
      ];
  }
}

/** Whether a real GPU stands behind a backend: software is many times slower than WASM. */
export async function hasHardware(backend: GpuBackend): Promise<boolean> {
  return (backend === 'webgpu' ? await webgpuKind() : webglKind()) === 'hardware';
}

async function openKernelWasm(kernels: PackedFiles, threads?: number): Promise<OpenBackend> {
  return { backend: 'wasm', ...(await startKernels(kernels, { threads })), isLost: () => false };
}

async function openTfjsWasm(urls: readonly string[]): Promise<OpenBackend> {
  assertWasmAllowed();
  const { startWasm, tfjsRuntime } = await loadTfjs('wasm', urls);
  return { backend: 'wasm', build: await startWasm(), threads: 1, runtime: tfjsRuntime('wasm'), isLost: () => false };
}

async function openHardwareWebgl(urls: readonly string[]): Promise<OpenBackend> {
  if (!(await hasHardware('webgl')))
    throw new Error('no graphics card stands behind WebGL here, and in software it would take seconds for a picture');
  return openGpuBackend('webgl', urls);
}

async function openGpuBackend(backend: GpuBackend, urls: readonly string[]): Promise<OpenBackend> {
  const { openGpu } = await loadTfjs('gpu', urls);
  return { backend, threads: 1, ...(await openGpu(backend)) };
}
