import { distance } from '../matching/distance.js';
import type { Template } from '../shared/Template.js';
import type { VerifierInfo } from '../shared/VerifierInfo.js';
import { plainEmbedding } from '../vault/protection/plainEmbedding.js';
import { turnProbe } from '../vault/protection/turnProbe.js';

/** How far a face is from a template. */
export interface Comparison {
  /** Euclidean, 0 … 2. */
  readonly distance: number;
  /** What is compared with thresholds; the same for a model without a cohort. */
  readonly normalizedDistance: number;
}

/**
 * Compares an embedding with a template, protected or not. Both are read at once, and what is made of either is overwritten. How ordinary the
 * enrolled face is, is found out anew each time: so it is kept nowhere, and templates that were made before the model had a cohort are as good as
 * others.
 * Throws `template-invalid` for a protected template that came without its key, or with another's.
 */
export async function compareWith(
  embedding: Float32Array,
  template: Template,
  { normalized }: Pick<VerifierInfo, 'normalized'>,
): Promise<Comparison> {
  const made: Float32Array[] = [];
  const keep = (values: Float32Array) => (made.push(values), values);
  const enrolled = { ...template, embedding: keep(template.embedding.slice()) };
  try {
    const probeMean = normalized?.cohort.meanOf(embedding) ?? 0;
    const plain = distance(keep(await turnProbe(embedding, enrolled)), enrolled.embedding);
    if (!normalized) return { distance: plain, normalizedDistance: plain };
    const { cohort } = normalized;
    const mean = cohort.meanOf(keep(await plainEmbedding(enrolled)));
    return { distance: plain, normalizedDistance: cohort.normalize(plain, probeMean, mean) };
  } finally {
    for (const values of made) values.fill(0);
  }
}
