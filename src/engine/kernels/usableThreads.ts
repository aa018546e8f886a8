/** More threads hardly help networks of this size, and take the cores of the page and the camera. */
const MAX_THREADS = 4;

/** Threads that the kernels may run on here: the processor's cores, at most four; one where memory cannot be shared. */
export function usableThreads(): number {
  // A thread must be allowed to wait, which the page's own is not.
  const shareable = !('document' in globalThis) && globalThis.crossOriginIsolated;
  return shareable ? Math.max(1, Math.min(navigator.hardwareConcurrency || 1, MAX_THREADS)) : 1;
}
