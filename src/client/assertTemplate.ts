import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import type { EmbeddingOrigin, Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';

/** Throws `template-invalid` for anything that is not a template, and `template-incompatible` for one of another model or version. */
export function assertTemplate(value: unknown, own: EmbeddingOrigin & { embeddingSize: number }): asserts value is Template {
  assertTemplateShape(value);
  if (nameOf(value) !== nameOf(own) || value.embedding.length !== own.embeddingSize) {
    throw new VisavisError(
      'template-incompatible',
      `This face template was made by ${nameOf(value)}; this verifier runs ${nameOf(own)}. Their embeddings cannot be compared: enroll again.`,
    );
  }
}

/** What made an embedding, in words. */
export function nameOf({ model, modelVersion, pipelineVersion }: EmbeddingOrigin): string {
  return `${model} ${modelVersion}, pipeline ${pipelineVersion}`;
}
