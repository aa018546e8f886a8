import { distance } from '../matching/distance.js';
import { assertEmbedding } from '../shared/assertEmbedding.js';
import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import type { Template } from '../shared/Template.js';
import { turnProbe } from '../vault/protection/turnProbe.js';

/**
 * The Euclidean distance (0 … 2) between an embedding and a template, protected or not. Throws a TypeError for anything that is not an
 * embedding of the template's size, and `template-invalid` for a protected template without its key.
 */
export async function distanceTo(embedding: Float32Array, template: Template): Promise<number> {
  assertTemplateShape(template);
  assertEmbedding(embedding, template.embedding.length);
  const probe = await turnProbe(embedding, template);
  try {
    return distance(probe, template.embedding);
  } finally {
    probe.fill(0);
  }
}
