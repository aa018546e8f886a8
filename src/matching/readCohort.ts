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

/** The dot products of all rows with a vector: four at a time, or the last one again, give four independent sums. */
function products(rows: Float32Array, vector: Float32Array): Float64Array {
  const size = vector.length;
  const last = rows.length / size - 1;
  const out = new Float64Array(last + 1);
  for (let row = 0; row <= last; row += 4) {
    const r1 = Math.min(row + 1, last);
    const r2 = Math.min(row + 2, last);
    const r3 = Math.min(row + 3, last);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < size; k++) {
      const value = vector[k]!;
      s0 += rows[row * size + k]! * value;
      s1 += rows[r1 * size + k]! * value;
      s2 += rows[r2 * size + k]! * value;
      s3 += rows[r3 * size + k]! * value;
    }
    out[row] = s0;
    out[r1] = s1;
    out[r2] = s2;
    out[r3] = s3;
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
