import { fuseEmbeddings } from '../matching/fuseEmbeddings.js';
import type { EnrollOptions } from '../shared/options.js';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import { capture, commonest, embeddingsOf, outcomeOf, type Capture } from './live/capture.js';
import type { Looker } from './live/Looker.js';
import { outlierLimit } from '../matching/outlierLimit.js';
import { eachSource, type Sources } from './pictures/Sources.js';

/**
 * Collects captures, leaves out bad ones and outliers, and fuses the rest; see `FaceVerifier.enroll`. The embeddings that are made here are
 * overwritten however it ends.
 */
export async function enrollFrom(looker: Looker, sources: Sources, { onCapture, ...options }: EnrollOptions): Promise<Template> {
  const captures: Capture[] = [];
  try {
    for await (const source of eachSource(sources, options.signal)) {
      const one = await capture(looker, source, { ...options, gate: true });
      const index = captures.push(one) - 1;
      onCapture?.(outcomeOf(one, index));
    }
    return fuse(looker, captures);
  } finally {
    for (const values of embeddingsOf(captures)) values.fill(0);
  }
}

function fuse(looker: Looker, captures: readonly Capture[]): Template {
  const { operatingPoints, model, modelVersion, pipelineVersion } = looker.info;
  if (captures.length === 0) throw new TypeError('expected at least one source to enroll from, got none');
  const embeddings = captures.flatMap(({ embedding }) => embedding ?? []);
  const troubles = captures.flatMap(({ trouble }) => trouble ?? []);
  if (embeddings.length === 0 || embeddings.length < captures.length / 2) {
    const { code, message, reasons } = commonest(troubles);
    throw new VisavisError(code, `${troubles.length} of ${captures.length} captures could not be used. ${message}`, { reasons });
  }
  const fusion = fuseEmbeddings(embeddings, outlierLimit(operatingPoints));
  if (fusion.kept.length < captures.length / 2 || fusion.kept.length < Math.min(2, embeddings.length)) {
    fusion.embedding.fill(0);
    throw new VisavisError('low-quality', 'The captures do not look like one person: enroll again, alone and in even light.');
  }
  return {
    format: 'visavis-template',
    formatVersion: 1,
    model,
    modelVersion,
    pipelineVersion,
    embedding: fusion.embedding,
    captures: fusion.kept.length,
    consistency: fusion.consistency,
    createdAt: new Date().toISOString(),
  };
}
