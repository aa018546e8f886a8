import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';

/**
 * A template as JSON text. It is unencrypted biometric data: encrypt it, or better, keep templates in the vault. A protected template is
 * written without its key. Throws `template-invalid` for anything that is not a template.
 */
export function serializeTemplate(template: Template): string {
  assertTemplateShape(template);
  const { scheme, keyId } = template.protection ?? {};
  return JSON.stringify({ ...template, embedding: Array.from(template.embedding), ...(keyId && { protection: { scheme, keyId } }) });
}

/** Reads what `serializeTemplate` wrote. Throws `template-invalid` for anything else. */
export function parseTemplate(text: string): Template {
  let value: Partial<Template> & { embedding?: unknown };
  try {
    value = JSON.parse(text) as Template;
  } catch (cause) {
    throw new VisavisError('template-invalid', 'This is not a face template: it is not JSON. Enroll again.', { cause });
  }
  const { embedding } = value ?? {};
  const numbers = Array.isArray(embedding) && embedding.every((v) => typeof v === 'number');
  // Text cannot carry a key; whatever is called one is not one.
  if (value?.protection && 'key' in Object(value.protection)) {
    throw new VisavisError('template-invalid', 'This is not a face template: its protection holds a key. Enroll again.');
  }
  const template: unknown = numbers ? { ...value, embedding: Float32Array.from(embedding as number[]) } : value;
  assertTemplateShape(template);
  return template;
}
