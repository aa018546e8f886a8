import { threads } from 'wasm-feature-detect';
import type { SupportValue } from '../../shared/support.js';

/** Memory is shared with threads in isolated pages only. */
export async function probeThreads(): Promise<SupportValue> {
  if (typeof WebAssembly === 'undefined') return 'no';
  if (!globalThis.crossOriginIsolated) return 'not-isolated';
  if (!(await threads())) return 'no';
  return navigator.hardwareConcurrency > 1 ? 'yes' : 'one-core';
}
