import { distance } from '../matching/distance.js';
import { assertEmbedding } from '../shared/assertEmbedding.js';
import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import type { Template } from '../shared/Template.js';
import { turnProbe } from '../vault/turnProbe.js';

/**
 * The distance of an embedding to a template, also to a protected one. Throws a TypeError for what is no embedding of the template's size,
 * `template-invalid` for a protected template that came without its key.
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
