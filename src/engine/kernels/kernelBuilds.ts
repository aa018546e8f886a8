import relaxedThreadsUrl from './kernels-relaxed-threads.wasm?url&no-inline';
import relaxedUrl from './kernels-relaxed.wasm?url&no-inline';
import simdThreadsUrl from './kernels-simd-threads.wasm?url&no-inline';
import simdUrl from './kernels-simd.wasm?url&no-inline';

export const KERNEL_BUILDS = {
  'relaxed-threads': relaxedThreadsUrl,
  relaxed: relaxedUrl,
  'simd-threads': simdThreadsUrl,
  simd: simdUrl,
} as const;
export type KernelBuild = keyof typeof KERNEL_BUILDS;

/** What the modules export; addresses are bytes. See kernels.c. */
export interface KernelExports {
  readonly __stack_pointer: WebAssembly.Global<'i32'>;
  run(ops: number, count: number, meeting: number, helpers: number): void;
  /** Never returns. Only in builds with threads. */
  help(meeting: number, thread: number): void;
  halve(input: number, width: number, height: number, output: number): void;
  warp(
    ...[input, width, height, a, b, tx, ty, size, scale, offset, output]: [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
  ): void;
}
