import { relaxedSimd, simd } from 'wasm-feature-detect';
import type { GraphRuntime } from '../GraphRuntime.js';
import { KernelMemory } from './KernelMemory.js';
import { KernelRuntime, MEETING_BYTES } from './KernelRuntime.js';
import { KERNEL_BUILDS, type KernelBuild, type KernelExports } from './kernelBuilds.js';
import { startHelpers } from './startHelpers.js';

/** More threads hardly help a network of this size, and take the page's and the camera's cores. */
const MAX_THREADS = 4;

export interface OpenKernels {
  readonly build: KernelBuild;
  readonly threads: number;
  readonly runtime: GraphRuntime;
}

export interface KernelOptions {
  /** At most so many threads; default: the cores, at most four, where the page is cross-origin isolated, else one. */
  readonly threads?: number;
  /** Default: where the browser has relaxed SIMD. */
  readonly relaxed?: boolean;
}

/** Starts the kernels. Throws an Error where the browser has no WebAssembly SIMD or their file cannot be had. */
export async function openKernels(options: KernelOptions = {}): Promise<OpenKernels> {
  if (!(await simd())) throw new Error('this browser has no WebAssembly SIMD');
  const { relaxed = await relaxedSimd() } = options;
  // A thread must be allowed to wait, which the page's own is not.
  const shareable = !('document' in globalThis) && globalThis.crossOriginIsolated;
  const threads = shareable ? Math.max(1, Math.min(options.threads ?? navigator.hardwareConcurrency, MAX_THREADS)) : 1;
  const name = relaxed ? 'relaxed' : 'simd';
  const build: KernelBuild = threads > 1 ? `${name}-threads` : name;

  const module = await compile(KERNEL_BUILDS[build]);
  const memory = new KernelMemory(threads > 1);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory: memory.memory } });
  const meeting = memory.allocate(MEETING_BYTES);
  const helpers = threads > 1 ? await startHelpers(threads - 1, module, memory, meeting) : [];
  const runtime = new KernelRuntime(exports as unknown as KernelExports, memory, meeting, helpers);
  return { build, threads: 1 + helpers.length, runtime };
}

async function compile(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(new URL(url, import.meta.url), { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${url} could not be fetched: the server answered ${response.status}`);
  // Servers that do not know .wasm send another type, which streaming refuses.
  return response.headers.get('content-type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
