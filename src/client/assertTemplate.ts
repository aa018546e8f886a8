import { assertEmbedding } from '../geometry/distance.js';
import { describe } from '../shared/describe.js';
import type { EmbeddingOrigin, Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';

/** Throws `template-invalid` for anything that is not a template of this format. */
export function assertTemplateShape(value: unknown): asserts value is Template {
  const t = value as Partial<Template> | null;
  const wrong =
    typeof t !== 'object' || t === null
      ? `it is ${describe(value)}`
      : t.format !== 'visavis-template'
        ? `its format is ${describe(t.format)}`
        : t.formatVersion !== 1
          ? `its format version is ${describe(t.formatVersion)}, this SDK reads 1`
          : typeof t.model !== 'string' || typeof t.modelVersion !== 'string'
            ? 'it does not name its model'
            : !Number.isInteger(t.pipelineVersion)
              ? 'it has no pipeline version'
              : !Number.isInteger(t.captures) || t.captures! < 1
                ? `it counts ${describe(t.captures)} captures`
                : !(t.consistency! >= -1 && t.consistency! <= 1.001)
                  ? `its consistency is ${describe(t.consistency)}`
                  : typeof t.createdAt !== 'string' || Number.isNaN(Date.parse(t.createdAt))
                    ? `its date is ${describe(t.createdAt)}`
                    : '';
  if (wrong) throw new VisavisError('template-invalid', `This is not a face template: ${wrong}. Enrol again.`);
  try {
    assertEmbedding(t!.embedding);
  } catch (cause) {
    throw new VisavisError('template-invalid', `This face template is damaged: ${(cause as Error).message}. Enrol again.`, { cause });
  }
}

/** Throws `template-invalid`, or `template-incompatible` for a template of another model or version. */
export function assertTemplate(value: unknown, own: EmbeddingOrigin & { embeddingSize: number }): asserts value is Template {
  assertTemplateShape(value);
  const name = (o: EmbeddingOrigin) => `${o.model} ${o.modelVersion}, pipeline ${o.pipelineVersion}`;
  if (name(value) !== name(own) || value.embedding.length !== own.embeddingSize) {
    throw new VisavisError(
      'template-incompatible',
      `This face template was made by ${name(value)}; this verifier runs ${name(own)}. Their embeddings cannot be compared: enrol again.`,
    );
  }
}
