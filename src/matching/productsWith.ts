/** How many rows of the cohort are multiplied at a time. */
const BLOCK = 4;

/**
 * Dot products with all rows of a matrix, of two vectors at a time: each value that is read serves two products, and eight independent sums keep
 * the processor busy. Every sum adds in the order of the values, so it does not matter which vectors are paired.
 * @param rows [n, size] in row-major order
 * @returns what writes the products of two vectors into `a` and `b`, [n] each
 */
export function productsWith(
  rows: Int8Array,
  size: number,
): (one: Float32Array, other: Float32Array, a: Float64Array, b: Float64Array) => void {
  const count = rows.length / size;
  let packed: Float64Array | undefined;
  return (one, other, a, b) => {
    // Not before it is needed: a start would wait for it.
    packed ??= inBlocks(rows, count, size);
    const [u, v] = [Float64Array.from(one), Float64Array.from(other)];
    const sums = new Float64Array(2 * BLOCK);
    for (let row = 0; row < count; row += BLOCK) {
      multiply(packed, row * size, u, v, sums);
      const rest = Math.min(BLOCK, count - row);
      for (let r = 0; r < rest; r++) {
        a[row + r] = sums[r]!;
        b[row + r] = sums[BLOCK + r]!;
      }
    }
    for (const ofFaces of [u, v, sums]) ofFaces.fill(0);
  };
}

/** [block][value][row of the block], to be read from front to back. The last block is filled up with zeros. */
function inBlocks(rows: Int8Array, count: number, size: number): Float64Array {
  const packed = new Float64Array(Math.ceil(count / BLOCK) * BLOCK * size);
  let i = 0;
  for (let row = 0; row < count; row++) {
    const inBlock = row % BLOCK;
    const first = (row - inBlock) * size + inBlock;
    for (let at = first; at < first + size * BLOCK; at += BLOCK) packed[at] = rows[i++]!;
  }
  return packed;
}

function multiply(packed: Float64Array, from: number, u: Float64Array, v: Float64Array, sums: Float64Array): void {
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  for (let i = 0, at = from; i < u.length; i++, at += BLOCK) {
    const x = u[i]!;
    const y = v[i]!;
    const r0 = packed[at]!;
    const r1 = packed[at + 1]!;
    const r2 = packed[at + 2]!;
    const r3 = packed[at + 3]!;
    a0 += r0 * x;
    a1 += r1 * x;
    a2 += r2 * x;
    a3 += r3 * x;
    b0 += r0 * y;
    b1 += r1 * y;
    b2 += r2 * y;
    b3 += r3 * y;
  }
  sums[0] = a0;
  sums[1] = a1;
  sums[2] = a2;
  sums[3] = a3;
  sums[4] = b0;
  sums[5] = b1;
  sums[6] = b2;
  sums[7] = b3;
}
