import { relaxedSimd, simd } from 'wasm-feature-detect';
import type { PackedFiles } from '../../shared/PackedFiles.js';
import { assertWasmAllowed } from '../backend/assertWasmAllowed.js';
import type { GraphRuntime } from '../GraphRuntime.js';
import { unpackFile } from '../../shared/unpackFile.js';
import { KernelMemory } from './KernelMemory.js';
import { KernelRuntime, MEETING_BYTES } from './KernelRuntime.js';
import { kernelFile, type KernelBuild, type KernelExports } from './kernelBuilds.js';
import { startHelpers } from './startHelpers.js';
import { usableThreads } from './usableThreads.js';

export interface OpenKernels {
  readonly build: KernelBuild;
  readonly threads: number;
  readonly runtime: GraphRuntime;
}

export interface KernelOptions {
  /** At most so many threads, and no more than `usableThreads` allows; default: as many as that. */
  readonly threads?: number;
  /** Default: where the browser has relaxed SIMD. */
  readonly relaxed?: boolean;
}

/**
 * Starts the kernels. With more than one thread asked for, fewer may start, but at least two.
 * @param files the builds
 * @throws Error that says why: no WebAssembly or no SIMD, no memory, or none that can be shared, no second thread
 */
export async function openKernels(files: PackedFiles, options: KernelOptions = {}): Promise<OpenKernels> {
  assertWasmAllowed();
  const threads = Math.max(1, Math.min(options.threads ?? Infinity, usableThreads()));
  const compiling = compile(files, threads, options.relaxed);
  // Their scripts start while the kernels are compiled.
  const starting = threads > 1 ? startHelpers(threads - 1, compiling) : [];
  const [{ build, memory, meeting, exports }, helpers] = await Promise.all([compiling, starting]);
  const runtime = new KernelRuntime(exports as unknown as KernelExports, memory, meeting, helpers, threads);
  return { build, threads: 1 + helpers.length, runtime };
}

async function compile(files: PackedFiles, threads: number, wanted?: boolean) {
  if (!(await simd())) throw new Error('this browser has no WebAssembly SIMD');
  const name = (wanted ?? (await relaxedSimd())) ? 'relaxed' : 'simd';
  const build: KernelBuild = threads > 1 ? `${name}-threads` : name;
  const module = await WebAssembly.compile(await unpackFile(files, kernelFile(build)));
  const memory = new KernelMemory(threads > 1);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory: memory.memory } });
  return { build, module, memory, meeting: memory.allocate(MEETING_BYTES), exports };
}
