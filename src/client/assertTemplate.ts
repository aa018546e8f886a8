import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import type { PackedGallery } from '../matching/Gallery.js';
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

/** Whether one of these made the template. Throws `template-invalid` for anything that is none. */
export function isMadeBy(template: Template, infos: readonly EmbeddingOrigin[]): boolean {
  assertTemplateShape(template);
  return infos.some((info) => nameOf(info) === nameOf(template));
}

/** Throws `template-incompatible` for a template that none of these made. */
export function assertMadeBy(template: Template, infos: readonly EmbeddingOrigin[]): void {
  if (isMadeBy(template, infos)) return;
  throw new VisavisError(
    'template-incompatible',
    `This face template was made by ${nameOf(template)}; what is here to compare it with is ${infos.map(nameOf).join(' and ')}: enroll again.`,
  );
}

/** Throws `template-incompatible` for a gallery that another model made, as far as its entries tell. */
export function assertGallery({ size, embeddingSize, origin }: PackedGallery, own: EmbeddingOrigin & { embeddingSize: number }): void {
  if (size === 0 || (embeddingSize === own.embeddingSize && (!origin || nameOf(origin) === nameOf(own)))) return;
  const made = origin ? `templates made by ${nameOf(origin)}` : `embeddings of ${embeddingSize} values`;
  const mine = `${nameOf(own)}, whose embeddings have ${own.embeddingSize} values`;
  throw new VisavisError(
    'template-incompatible',
    `The gallery holds ${made}; this verifier runs ${mine}. They cannot be compared: enroll again.`,
  );
}

/** What made an embedding, in words. */
export function nameOf({ model, modelVersion, pipelineVersion }: EmbeddingOrigin): string {
  return `${model} ${modelVersion}, pipeline ${pipelineVersion}`;
}
