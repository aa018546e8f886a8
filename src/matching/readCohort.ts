import type { Cohort, CohortFile } from '../shared/Cohort.js';
import { assertEmbedding } from '../shared/assertEmbedding.js';
import { faultOfCohortRule } from '../shared/faultOfCohortRule.js';

/**
 * The cohort of a file. The bytes are copied, and not compared with `sha256`: the loader has done that.
 * Throws a RangeError for a rule that makes no sense, and for a file of another length than it says.
 */
export function readCohort({ bytes, sha256, embeddingSize, rule }: CohortFile): Cohort {
  const fault = faultOfCohortRule(rule);
  if (fault) throw new RangeError(`expected a cohort that can be used: ${fault}`);
  const { count, scale, k, weight, center } = rule;
  if (bytes.length !== count * embeddingSize) {
    throw new RangeError(`expected a cohort of ${count} × ${embeddingSize} bytes, got ${bytes.length}`);
  }
  const rows = Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  return {
    ...{ sha256, embeddingSize, count, k, weight, center },
    meanOf(embedding) {
      assertEmbedding(embedding, embeddingSize);
      return scale * meanOfLargest(products(rows, embedding), k);
    },
    normalize: (distance, a, b) => Math.sqrt(Math.max(0, distance * distance + 2 * weight * (a + b - 2 * center))),
    toFile: () => ({ bytes: Uint8Array.from(rows), sha256, embeddingSize, rule: { count, scale, k, weight, center } }),
  };
}

/** The dot products of all rows with a vector. Two rows at a time, in two halves each, give four independent sums. */
function products(rows: Float32Array, vector: Float32Array): Float64Array {
  const size = vector.length;
  const count = rows.length / size;
  const out = new Float64Array(count);
  const half = size >> 1;
  for (let row = 0; row < count; row += 2) {
    const i = row * size;
    const j = Math.min(row + 1, count - 1) * size;
    let [a0, a1, b0, b1] = [0, 0, 0, 0];
    for (let n = 0; n < half; n++) {
      const [v, w] = [vector[n]!, vector[half + n]!];
      a0 += rows[i + n]! * v;
      a1 += rows[i + half + n]! * w;
      b0 += rows[j + n]! * v;
      b1 += rows[j + half + n]! * w;
    }
    if (size % 2 === 1) {
      a0 += rows[i + size - 1]! * vector[size - 1]!;
      b0 += rows[j + size - 1]! * vector[size - 1]!;
    }
    out[row] = a0 + a1;
    if (row + 1 < count) out[row + 1] = b0 + b1;
  }
  return out;
}

/** Keeps the largest so far in ascending order: `k` is small. */
function meanOfLargest(values: Float64Array, k: number): number {
  const largest = values.slice(0, k).sort();
  for (let i = k; i < values.length; i++) {
    const value = values[i]!;
    if (value <= largest[0]!) continue;
    let place = 0;
    for (; place + 1 < k && largest[place + 1]! < value; place++) largest[place] = largest[place + 1]!;
    largest[place] = value;
  }
  return largest.reduce((sum, value) => sum + value, 0) / k;
}
