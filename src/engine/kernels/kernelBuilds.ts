export type KernelBuild = 'relaxed-threads' | 'relaxed' | 'simd-threads' | 'simd';

/** The name of a build's file, without ending. */
export function kernelFile(build: KernelBuild): string {
  return `kernels-${build}`;
}

/** What the modules export; addresses are bytes. See kernels.c. */
export interface KernelExports {
  readonly __stack_pointer: WebAssembly.Global<'i32'>;
  /** `begun`: 1 after `begin` with the same; then it does what is left. Default 0. */
  run(ops: number, count: number, meeting: number, helpers: number, begun?: number): void;
  /** Lets helpers start on what has to be `run` next, and returns at once. Only in builds with threads. */
  begin?(ops: number, count: number, meeting: number, helpers: number): void;
  /** Never returns. Only in builds with threads. */
  help(meeting: number, thread: number): void;
  /** Four products of two bytes, each taken four times. Only in builds with relaxed SIMD. */
  probe?(a: number, b: number): number;
  /** Writes into a byte for each panel of `depth` × 8 bytes of weights what `Op` has as its `runs`. Only in builds with relaxed SIMD. */
  readonly runs?: (weights: number, depth: number, panels: number, to: number) => void;
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
