import { open } from 'node:fs/promises';
import { basename } from 'node:path';

/** Larger files are no face recognizers; the importer says so, and needs but one byte more to see it. */
const MOST = (1 << 30) + 1;

/** Reads a file to import, or as much of it as shows that it is too large. Throws an Error that names it. */
export async function readInput(path: string): Promise<{ name: string; bytes: Uint8Array }> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const bytes = new Uint8Array(Math.min(size, MOST));
      let at = 0;
      while (at < bytes.length) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return { name: basename(path), bytes: bytes.subarray(0, at) };
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
