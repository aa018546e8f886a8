import { fuseEmbeddings } from '../matching/fuseEmbeddings.js';
import type { EnrollOptions } from '../shared/options.js';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import { capture, commonest, ownEmbeddings, type Capture, type Trouble } from './capture.js';
import type { Looker } from './Looker.js';
import { outlierLimit } from '../matching/outlierLimit.js';
import { eachSource, type Sources } from './Sources.js';

/** Collects captures, leaves out bad ones and outliers, and fuses the rest; see `FaceVerifier.enroll`. */
export async function enrollFrom(looker: Looker, sources: Sources, { onCapture, ...options }: EnrollOptions): Promise<Template> {
  const { operatingPoints, model, modelVersion, pipelineVersion } = looker.info;
  const limit = outlierLimit(operatingPoints);
  const embeddings: Float32Array[] = [];
  const captures: Capture[] = [];
  const troubles: Trouble[] = [];
  let index = 0;
  for await (const source of eachSource(sources, options.signal)) {
    const one = await capture(looker, source, { ...options, gate: true });
    const { face, embedding, trouble } = one;
    captures.push(one);
    if (trouble) troubles.push(trouble);
    else embeddings.push(embedding!);
    const reason = trouble ? { reason: trouble.reasons[0] ?? (trouble.code as Exclude<Trouble['code'], 'low-quality'>) } : {};
    onCapture?.({ index, accepted: !trouble, face, ...reason });
    index++;
  }
  if (index === 0) throw new TypeError('expected at least one source to enroll from, got none');
  if (embeddings.length === 0 || embeddings.length < index / 2) {
    const { code, message, reasons } = commonest(troubles);
    throw new VisavisError(code, `${troubles.length} of ${index} captures could not be used. ${message}`, { reasons });
  }
  const fusion = fuseEmbeddings(embeddings, limit);
  for (const values of ownEmbeddings(captures)) values.fill(0);
  if (fusion.kept.length < index / 2 || fusion.kept.length < Math.min(2, embeddings.length)) {
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
