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

export interface StartedKernels {
  readonly build: KernelBuild;
  /** How many run, once they do. Rejects with an Error that says why no second one does. */
  readonly threads: Promise<number>;
  /** Loads graphs at once, and runs them when all threads do. */
  readonly runtime: GraphRuntime;
}

export interface OpenKernels extends Omit<StartedKernels, 'threads'> {
  readonly threads: number;
}

export interface KernelOptions {
  /** At most so many threads, and no more than `usableThreads` allows; default: as many as that. */
  readonly threads?: number;
  /** Default: where the browser has relaxed SIMD. */
  readonly relaxed?: boolean;
}

/** The kernels when all of their threads run. Throws as `startKernels`, and as its `threads`. */
export async function openKernels(files: PackedFiles, options: KernelOptions = {}): Promise<OpenKernels> {
  const { threads, ...started } = await startKernels(files, options);
  return { ...started, threads: await threads };
}

/**
 * Starts the kernels. With more than one thread asked for, fewer may start, but at least two.
 * @param files the builds
 * @throws Error that says why: no WebAssembly or no SIMD, no memory, or none that can be shared
 */
export async function startKernels(files: PackedFiles, options: KernelOptions = {}): Promise<StartedKernels> {
  assertWasmAllowed();
  const threads = Math.max(1, Math.min(options.threads ?? Infinity, usableThreads()));
  const compiling = compile(files, threads, options.relaxed);
  // Their scripts start while the kernels are compiled.
  const starting = threads > 1 ? startHelpers(threads - 1, compiling) : Promise.resolve([]);
  const running = starting.then((helpers) => 1 + helpers.length);
  // Whoever waits for it may do so only later.
  running.catch(() => undefined);
  const { build, memory, meeting, exports } = await compiling;
  const runtime = new KernelRuntime(exports as unknown as KernelExports, memory, meeting, starting, threads);
  return { build, threads: running, runtime };
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
