import { download, type Download } from './download.js';
import { webPage } from './webPage.js';

/** `\0asm`, version 1: also the smallest module that there is. */
const HEADER = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const MAX_BYTES = 4_000_000;
/** Fewer tries and less patience than a model gets: there are other ways to run, which wait for this one to fail. */
const HASTE = { tries: 2, patience: 10_000 };

/**
 * Fetches a WebAssembly file, whatever type its server gives it: compiling while it streams in would demand exactly `application/wasm`, and
 * files of this size gain nothing by it.
 * @param url relative to this module, or absolute
 * @throws Error that names the address and what came instead
 */
export async function fetchWasm(url: string): Promise<ArrayBuffer> {
  const { href } = new URL(url, import.meta.url);
  let arrived: Download;
  try {
    arrived = await download(href, { ...HASTE, maxBytes: MAX_BYTES });
  } catch (cause) {
    throw new Error(`${href} could not be fetched: ${(cause as Error).message}`, { cause });
  }
  const { bytes, type } = arrived;
  const start = new Uint8Array(bytes.slice(0, HEADER.length));
  if (HEADER.every((byte, i) => byte === start[i])) return bytes;
  const came = webPage(arrived) ?? `${bytes.byteLength} bytes${type ? ` (${type})` : ''} that do not begin like it`;
  throw new Error(`${href} is no WebAssembly: what came is ${came}. Serve the .wasm files of dist/ beside its scripts`);
}

/** Throws an Error that says why where this thread may not run WebAssembly at all. */
export function assertWasmAllowed(): void {
  if (typeof WebAssembly === 'undefined') throw new Error('this browser has no WebAssembly (Lockdown Mode of iOS and macOS turns it off)');
  try {
    new WebAssembly.Module(HEADER);
  } catch (cause) {
    throw new Error(
      `WebAssembly is forbidden here, most likely by a Content Security Policy of the page or of the worker's script: add 'wasm-unsafe-eval' to its script-src (${(cause as Error).message})`,
      { cause },
    );
  }
}
