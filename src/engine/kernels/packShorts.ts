import { levelsOf } from './Step.js';

/**
 * Puts stored levels where the kernels read them, as 16-bit integers. A start waits for millions of these, in code that the browser has only
 * begun to optimize: two rows of two columns are turned at a time.
 * @param levels [K][N], from an even byte on; both are even
 * @param zero the level that stands for 0
 * @param out [N / 8, rounded up][K / 2, rounded up to a multiple of 4][8][2], zero at first
 */
export function packShorts(levels: Uint8Array, K: number, N: number, zero: number, out: Int16Array): void {
  const pairs = new Uint16Array(levels.buffer, levels.byteOffset, levels.length / 2);
  const row = N / 2;
  const panel = levelsOf(K) * 8;
  // A panel, of four pairs, after the other.
  for (let first = 0, start = 0; first < row; first += 4, start += panel) {
    const width = Math.min(4, row - first);
    for (let from = first, to = start; from < pairs.length; from += N, to += 16) {
      for (let q = 0; q < width; q++) {
        const a = pairs[from + q]!;
        const b = pairs[from + q + row]!;
        const at = to + q * 4;
        out[at] = (a & 255) - zero;
        out[at + 1] = (b & 255) - zero;
        out[at + 2] = (a >> 8) - zero;
        out[at + 3] = (b >> 8) - zero;
      }
    }
  }
}
