import type { Cohort, CohortFile } from '../shared/Cohort.js';
import { assertEmbedding } from '../shared/assertEmbedding.js';
import { faultOfCohortRule } from '../shared/faultOfCohortRule.js';
import { productsWith } from './productsWith.js';

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
  const rows = new Int8Array(new Uint8Array(bytes).buffer);
  const products = productsWith(rows, embeddingSize);
  const meansOf = (embeddings: Float32Array) => {
    const [a, b] = [new Float64Array(count), new Float64Array(count)];
    const means = new Float64Array(embeddings.length / embeddingSize);
    for (let i = 0; i < means.length; i += 2) {
      const at = i * embeddingSize;
      const one = embeddings.subarray(at, at + embeddingSize);
      const other = i + 1 < means.length ? embeddings.subarray(at + embeddingSize, at + 2 * embeddingSize) : one;
      products(one, other, a, b);
      means[i] = scale * meanOfLargest(a, k);
      if (i + 1 < means.length) means[i + 1] = scale * meanOfLargest(b, k);
    }
    // From its products with so many known faces a face can be computed.
    for (const all of [a, b]) all.fill(0);
    return means;
  };
  return {
    ...{ sha256, embeddingSize, count, scale, k, weight, center },
    meanOf(embedding) {
      assertEmbedding(embedding, embeddingSize);
      return meansOf(embedding)[0]!;
    },
    meansOf(embeddings) {
      if (embeddings.length % embeddingSize !== 0)
        throw new TypeError(`expected embeddings of ${embeddingSize} values each, got ${embeddings.length} values`);
      return meansOf(embeddings);
    },
    normalize: (distance, a, b) => Math.sqrt(Math.max(0, distance * distance + 2 * weight * (a + b - 2 * center))),
    toFile: () => ({ bytes: new Uint8Array(rows.slice().buffer), sha256, embeddingSize, rule: { count, scale, k, weight, center } }),
  };
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
