/** The upper bit of each of four bytes: with it turned over, level 0 … 255 is −128 … 127. */
const UPPER = 0x80808080;
const EVEN = 0x00ff00ff;
const ODD = 0xff00ff00;
const LOW = 0xffff;
const HIGH = 0xffff0000;
/** Rows whose sums, two in a number, stay below 2³⁰: larger numbers are objects in code that is not optimized. */
const ROOM = 64;

/** Whether `packLevels` takes so many rows and columns. */
export function packsLevels(rows: number, columns: number): boolean {
  return rows % 4 === 0 && columns % 4 === 0;
}

/**
 * Puts stored levels where the kernels read them, as signed bytes. A start waits for millions of these, in code that the browser has only begun
 * to optimize: four rows of four columns are turned at a time, in words.
 * @param levels [K][N]
 * @param out [N / 8, rounded up][K / 4, rounded up to an even number][8][4] bytes, zero at first
 * @param sums of each column, [N]; zero at first
 */
export function packLevels(levels: Uint8Array, K: number, out: Int32Array, sums: Int32Array): void {
  const words = new Int32Array(levels.buffer, levels.byteOffset, levels.length / 4);
  const row = sums.length / 4;
  const panel = Math.ceil(K / 8) * 16;
  for (let q = 0; q < row; q++) {
    let to = (q >> 1) * panel + (q & 1) * 4;
    let at = q;
    for (let k = 0; k < K;) {
      // Of two columns each: 0 and 2, 1 and 3.
      let even = 0;
      let odd = 0;
      for (const end = Math.min(K, k + ROOM); k < end; k += 4, to += 8, at += 4 * row) {
        const a = words[at]!;
        const b = words[at + row]!;
        const c = words[at + 2 * row]!;
        const d = words[at + 3 * row]!;
        const evenA = a & EVEN;
        const evenB = b & EVEN;
        const evenC = c & EVEN;
        const evenD = d & EVEN;
        const oddA = (a >>> 8) & EVEN;
        const oddC = (c >>> 8) & EVEN;
        even += evenA + evenB + evenC + evenD;
        odd += oddA + ((b >>> 8) & EVEN) + oddC + ((d >>> 8) & EVEN);
        const ab0 = evenA | (evenB << 8);
        const cd0 = evenC | (evenD << 8);
        const ab1 = oddA | (b & ODD);
        const cd1 = oddC | (d & ODD);
        out[to] = ((ab0 & LOW) | (cd0 << 16)) ^ UPPER;
        out[to + 1] = ((ab1 & LOW) | (cd1 << 16)) ^ UPPER;
        out[to + 2] = ((ab0 >>> 16) | (cd0 & HIGH)) ^ UPPER;
        out[to + 3] = ((ab1 >>> 16) | (cd1 & HIGH)) ^ UPPER;
      }
      const n = 4 * q;
      sums[n] = sums[n]! + (even & LOW);
      sums[n + 1] = sums[n + 1]! + (odd & LOW);
      sums[n + 2] = sums[n + 2]! + (even >>> 16);
      sums[n + 3] = sums[n + 3]! + (odd >>> 16);
    }
  }
  for (let n = 0; n < sums.length; n++) sums[n] = sums[n]! - 128 * K;
}
