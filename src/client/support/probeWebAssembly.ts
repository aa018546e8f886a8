import type { SupportValue } from '../../shared/support.js';

/** The smallest module. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** Compiles, because a policy forbids that and leaves all else in place. */
export function probeWebAssembly(): SupportValue {
  if (typeof WebAssembly === 'undefined') return 'no';
  try {
    new WebAssembly.Module(EMPTY);
    return 'yes';
  } catch (error) {
    return error instanceof WebAssembly.CompileError || error instanceof EvalError ? 'forbidden' : 'no';
  }
}
