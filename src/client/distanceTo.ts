import { assertEmbedding } from '../shared/assertEmbedding.js';
import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import type { Template } from '../shared/Template.js';
import { compareWith } from './compareWith.js';

/**
 * The Euclidean distance (0 … 2) between an embedding and a template, protected or not. Throws a TypeError for anything that is not an
 * embedding of the template's size, and `template-invalid` for a protected template without its key.
 */
export async function distanceTo(embedding: Float32Array, template: Template): Promise<number> {
  assertTemplateShape(template);
  assertEmbedding(embedding, template.embedding.length);
  return (await compareWith(embedding, template, { normalized: null })).distance;
}
