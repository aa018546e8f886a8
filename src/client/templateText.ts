import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import { copyTemplate, TEMPLATE_FIELDS } from '../shared/copyTemplate.js';
import { describe } from '../shared/describe.js';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';

/**
 * A template as JSON text. It is unencrypted biometric data: encrypt it, or better, keep templates in the vault. A protected template is
 * written without its key, and fields that a template does not have are left out. Throws `template-invalid` for anything that is not a
 * template.
 */
export function serializeTemplate(template: Template): string {
  assertTemplateShape(template);
  const { embedding, protection, ...rest } = copyTemplate(template);
  const values = Array.from(embedding);
  embedding.fill(0);
  return JSON.stringify({ ...rest, embedding: values, ...(protection && { protection: withoutKey(protection) }) });
}

/** Reads what `serializeTemplate` wrote. Throws `template-invalid` for anything else, also for a field that a template does not have. */
export function parseTemplate(text: string): Template {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new VisavisError('template-invalid', 'This is not a face template: it is not JSON. Enroll again.', { cause });
  }
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const { embedding, protection } = fields;
  const numbers = Array.isArray(embedding) && embedding.every((v) => typeof v === 'number');
  const template: unknown = numbers ? { ...fields, embedding: Float32Array.from(embedding) } : value;
  assertTemplateShape(template);
  refuseOthers(fields, TEMPLATE_FIELDS, 'it');
  // Text cannot carry a key; whatever is called one is not one.
  if (protection) refuseOthers(protection, ['scheme', 'keyId'], 'its protection');
  return template;
}

function withoutKey({ scheme, keyId }: NonNullable<Template['protection']>): Template['protection'] {
  return { scheme, keyId };
}

function refuseOthers(value: object, known: readonly string[], whose: string): void {
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other === undefined) return;
  throw new VisavisError('template-invalid', `This is not a face template: ${whose} has the field ${describe(other)}. Enroll again.`);
}
