import type { Cohort } from '../../shared/Cohort.js';

/**
 * Returns a function for the distances between the rows of two sets, fast enough for millions of pairs: the rows are in one array, and four
 * sums are computed side by side, where `euclidean` handles one pair at a time.
 *
 * The distances are rounded to float32, like the sorted lists of them, so that counting and sorting agree on every pair.
 * @param columns default: the rows themselves
 * @param cohort with it, the distances are normalized
 */
export function distanceTable(
  rows: readonly Float32Array[],
  columns: readonly Float32Array[] = rows,
  cohort: Cohort | null = null,
): (row: number, column: number) => number {
  const plain = plainTable(rows, columns);
  if (!cohort) return plain;
  const own = cohort.meansOf(flat(rows, cohort.embeddingSize));
  const others = columns === rows ? own : cohort.meansOf(flat(columns, cohort.embeddingSize));
  return (row, column) => Math.fround(cohort.normalize(plain(row, column), own[row]!, others[column]!));
}

function plainTable(rows: readonly Float32Array[], columns: readonly Float32Array[]): (row: number, column: number) => number {
  const size = (rows[0] ?? columns[0])?.length ?? 0;
  const a = flat(rows, size);
  const b = columns === rows ? a : flat(columns, size);
  const whole = size - (size % 4);
  return (row, column) => {
    let i = row * size;
    let j = column * size;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (const end = i + whole; i < end; i += 4, j += 4) {
      const d0 = a[i]! - b[j]!;
      const d1 = a[i + 1]! - b[j + 1]!;
      const d2 = a[i + 2]! - b[j + 2]!;
      const d3 = a[i + 3]! - b[j + 3]!;
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (const end = row * size + size; i < end; i++, j++) s0 += (a[i]! - b[j]!) ** 2;
    return Math.fround(Math.sqrt(s0 + s1 + s2 + s3));
  };
}

function flat(vectors: readonly Float32Array[], size: number): Float32Array {
  const out = new Float32Array(vectors.length * size);
  vectors.forEach((v, i) => out.set(v, i * size));
  return out;
}
