import type { Template } from '../shared/Template.js';

/** Compared with all that it holds. */
export function isSameTemplate(a: Template, b: Template): boolean {
  const facts = ({ model, modelVersion, pipelineVersion, captures, consistency, createdAt, protection }: Template) =>
    JSON.stringify([model, modelVersion, pipelineVersion, captures, consistency, createdAt, protection?.keyId]);
  return facts(a) === facts(b) && a.embedding.length === b.embedding.length && a.embedding.every((value, i) => value === b.embedding[i]);
}
