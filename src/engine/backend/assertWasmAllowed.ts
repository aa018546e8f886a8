/** `\0asm`, version 1: the smallest module that there is. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** Throws an Error that says why where this thread may not run WebAssembly at all. */
export function assertWasmAllowed(): void {
  if (typeof WebAssembly === 'undefined') throw new Error('this browser has no WebAssembly (Lockdown Mode of iOS and macOS turns it off)');
  try {
    new WebAssembly.Module(EMPTY);
  } catch (cause) {
    throw new Error(
      `WebAssembly is forbidden here, most likely by a Content Security Policy of the page or of the worker's script: add 'wasm-unsafe-eval' to its script-src (${(cause as Error).message})`,
      { cause },
    );
  }
}
