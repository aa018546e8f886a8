/** Rows that are compared with all others in one pass: few enough to stay in the processor's cache. */
const TILE = 128;

/** Which pairs of rows may belong together: a symmetric matrix of n² bits. */
export class Links {
  readonly #words: number;
  readonly #bits: Uint32Array;

  /**
   * Links all pairs of rows whose dot product is at least `least`.
   * @param rows [n, size]
   */
  constructor(rows: Float64Array, size: number, least: number) {
    const n = rows.length / size;
    this.#words = Math.ceil(n / 32);
    this.#bits = new Uint32Array(n * this.#words);
    for (let from = 0; from < n; from += TILE) this.#linkTile(rows, size, least, from, Math.min(from + TILE, n));
  }

  /** Calls `visit` with every row linked to this one, in ascending order. */
  each(row: number, visit: (other: number) => void): void {
    const start = row * this.#words;
    for (let w = 0; w < this.#words; w++) {
      for (let word = this.#bits[start + w]!; word !== 0; word &= word - 1) visit(32 * w + 31 - Math.clz32(word & -word));
    }
  }

  /** Links `to` with everything that `from` is linked with, and `from` with nothing. */
  move(from: number, to: number): void {
    this.each(from, (other) => this.#link(to, other));
    this.clear(from);
  }

  /** Removes all links of a row. */
  clear(row: number): void {
    this.each(row, (other) => (this.#bits[other * this.#words + (row >>> 5)]! &= ~(1 << (row & 31))));
    this.#bits.fill(0, row * this.#words, (row + 1) * this.#words);
  }

  /** Links the rows from `from` up to but not including `end` with all rows before them, and with each other. */
  #linkTile(rows: Float64Array, size: number, least: number, from: number, end: number): void {
    const last = end - 1;
    // Two rows against four give eight independent sums, and each value read is used several times. If fewer rows are left, the last one is
    // repeated.
    for (let i = 0; i < last; i += 2) {
      const a = i * size;
      const b = a + size;
      for (let j = Math.max(i + 1, from); j < end; j += 4) {
        const j1 = j < last ? j + 1 : last;
        const j2 = j + 1 < last ? j + 2 : last;
        const j3 = j + 2 < last ? j + 3 : last;
        const c0 = j * size;
        const c1 = j1 * size;
        const c2 = j2 * size;
        const c3 = j3 * size;
        let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
        for (let k = 0; k < size; k++) {
          const av = rows[a + k]!;
          const bv = rows[b + k]!;
          const v0 = rows[c0 + k]!;
          const v1 = rows[c1 + k]!;
          const v2 = rows[c2 + k]!;
          const v3 = rows[c3 + k]!;
          a0 += av * v0;
          a1 += av * v1;
          a2 += av * v2;
          a3 += av * v3;
          b0 += bv * v0;
          b1 += bv * v1;
          b2 += bv * v2;
          b3 += bv * v3;
        }
        if (a0 >= least) this.#link(i, j);
        if (a1 >= least) this.#link(i, j1);
        if (a2 >= least) this.#link(i, j2);
        if (a3 >= least) this.#link(i, j3);
        if (b0 >= least) this.#link(i + 1, j);
        if (b1 >= least) this.#link(i + 1, j1);
        if (b2 >= least) this.#link(i + 1, j2);
        if (b3 >= least) this.#link(i + 1, j3);
      }
    }
  }

  #link(a: number, b: number): void {
    if (a === b) return;
    this.#bits[a * this.#words + (b >>> 5)]! |= 1 << (b & 31);
    this.#bits[b * this.#words + (a >>> 5)]! |= 1 << (a & 31);
  }
}
