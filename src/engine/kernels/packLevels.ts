/**
 * Puts stored levels where the kernels read them, as signed bytes. A start waits for millions of these, in code that the browser has only begun
 * to optimize: four rows of two columns are turned at a time, in numbers that are small also where larger ones would be objects.
 * @param levels [K][N], from an even byte on; K is a multiple of 4, and N of 2
 * @param center the level that becomes 0
 * @param out [N / 8, rounded up][K / 4, rounded up to an even number][8][4] bytes, zero at first
 * @param sums of each column, [N]
 */
export function packLevels(levels: Uint8Array, K: number, center: number, out: Int16Array, sums: Int32Array): void {
  const pairs = new Uint16Array(levels.buffer, levels.byteOffset, levels.length / 2);
  const row = sums.length / 2;
  const panel = Math.ceil(K / 8) * 32;
  for (let q = 0; q < row; q++) {
    let to = (q >> 2) * panel + (q & 3) * 4;
    let even = -center * K;
    let odd = even;
    for (let at = q; at < pairs.length; at += row, to += 16) {
      const a = pairs[at]!;
      const b = pairs[(at += row)]!;
      const c = pairs[(at += row)]!;
      const d = pairs[(at += row)]!;
      even += (a & 255) + (b & 255) + (c & 255) + (d & 255);
      odd += (a >> 8) + (b >> 8) + (c >> 8) + (d >> 8);
      out[to] = (((a & 255) - center) & 255) | (((b & 255) - center) << 8);
      out[to + 1] = (((c & 255) - center) & 255) | (((d & 255) - center) << 8);
      out[to + 2] = (((a >> 8) - center) & 255) | (((b >> 8) - center) << 8);
      out[to + 3] = (((c >> 8) - center) & 255) | (((d >> 8) - center) << 8);
    }
    sums[2 * q] = even;
    sums[2 * q + 1] = odd;
  }
}
