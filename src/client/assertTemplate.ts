import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import type { EmbeddingOrigin, Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';

/** Throws `template-invalid` for anything that is not a template, and `template-incompatible` for one of another model or version. */
export function assertTemplate(value: unknown, own: EmbeddingOrigin & { embeddingSize: number }): asserts value is Template {
  assertTemplateShape(value);
  const name = (o: EmbeddingOrigin) => `${o.model} ${o.modelVersion}, pipeline ${o.pipelineVersion}`;
  if (name(value) !== name(own) || value.embedding.length !== own.embeddingSize) {
    throw new VisavisError(
      'template-incompatible',
      `This face template was made by ${name(value)}; this verifier runs ${name(own)}. Their embeddings cannot be compared: enroll again.`,
    );
  }
}
