import type { Template } from './Template.js';

/** The fields of a template; it has no others. */
export const TEMPLATE_FIELDS: readonly (keyof Template)[] = [
  ...(['format', 'formatVersion', 'model', 'modelVersion', 'pipelineVersion'] as const),
  ...(['embedding', 'captures', 'consistency', 'createdAt', 'protection'] as const),
];

/**
 * A template with those fields only, each read once, and with an embedding of its own: whatever its caller does with the given one
 * meanwhile, it stays. Wipe it.
 */
export function copyTemplate(template: Template): Template {
  const { format, formatVersion, model, modelVersion, pipelineVersion, embedding, captures, consistency, createdAt, protection } = template;
  const origin = { format, formatVersion, model, modelVersion, pipelineVersion };
  return { ...origin, embedding: new Float32Array(embedding), captures, consistency, createdAt, ...(protection && { protection }) };
}
