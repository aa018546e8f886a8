import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import { assertTemplateShape } from './assertTemplate.js';

/** A template as JSON text. It is biometric data in the clear: encrypt it, or better keep templates in the vault. */
export function serializeTemplate(template: Template): string {
  assertTemplateShape(template);
  return JSON.stringify({ ...template, embedding: Array.from(template.embedding) });
}

/** Reads what `serializeTemplate` wrote. Throws `template-invalid` for anything else. */
export function parseTemplate(text: string): Template {
  let value: Partial<Template> & { embedding?: unknown };
  try {
    value = JSON.parse(text) as Template;
  } catch (cause) {
    throw new VisavisError('template-invalid', 'This is not a face template: it is not JSON. Enrol again.', { cause });
  }
  const { embedding } = value ?? {};
  const numbers = Array.isArray(embedding) && embedding.every((v) => typeof v === 'number');
  const template: unknown = numbers ? { ...value, embedding: Float32Array.from(embedding as number[]) } : value;
  assertTemplateShape(template);
  return template;
}
