import { fuseEmbeddings } from '../geometry/fuseEmbeddings.js';
import { thresholdAt } from '../geometry/operatingCurve.js';
import type { FaceReport, QualityReason } from '../shared/FaceReport.js';
import type { OperatingPoint } from '../shared/Manifest.js';
import { DEFAULT_FMR, type CaptureOutcome, type EmbedResult, type EnrollOptions } from '../shared/options.js';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import { abortable } from './abortable.js';
import type { ImageSource } from './ImageSource.js';
import type { FaceVerifier } from './FaceVerifier.js';

type Sources = Iterable<ImageSource> | AsyncIterable<ImageSource> | ImageSource;
type Trouble = Pick<VisavisError, 'code' | 'message' | 'reasons'>;
type Captured = { result: EmbedResult | Trouble; face: FaceReport | null; reason?: CaptureOutcome['reason'] };

/** Collects captures, leaves out bad ones and outliers, and fuses the rest; see `FaceVerifier.enroll`. */
export async function enrollFrom(verifier: FaceVerifier, sources: Sources, { signal, onCapture }: EnrollOptions): Promise<Template> {
  const { operatingPoints, model, modelVersion, pipelineVersion } = verifier.info;
  const limit = outlierLimit(operatingPoints);
  const good: EmbedResult[] = [];
  const troubles: Trouble[] = [];
  let index = 0;
  for await (const source of abortableSources(sources, signal)) {
    const outcome = await capture(verifier, source, signal);
    if ('embedding' in outcome.result) good.push(outcome.result);
    else troubles.push(outcome.result);
    const { face, reason } = outcome;
    onCapture?.({ index, accepted: reason === undefined, face, ...(reason === undefined ? {} : { reason }) });
    index++;
  }
  if (index === 0) throw new TypeError('expected at least one source to enrol from, got none');
  if (good.length === 0 || good.length < index / 2) throw commonest(troubles, index);

  const embeddings = good.map(({ embedding }) => embedding);
  const fusion = fuseEmbeddings(embeddings, limit);
  if (fusion.kept.length < index / 2 || fusion.kept.length < Math.min(2, good.length)) {
    throw new VisavisError('low-quality', 'The captures do not look like one person: enrol again, alone and in even light.');
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

/** Captures further from the others than strangers are at the default rate (or the nearest measured one) are outliers. */
function outlierLimit(points: readonly OperatingPoint[]): number {
  const rates = points.map(({ fmr }) => fmr);
  return thresholdAt(points, Math.min(Math.max(DEFAULT_FMR, Math.min(...rates)), Math.max(...rates)));
}

/** The sources one by one; a wait for the next ends with `aborted` when the signal fires. */
async function* abortableSources(sources: Sources, signal: AbortSignal | undefined): AsyncGenerator<ImageSource, void> {
  if (!isIterable(sources)) {
    yield sources;
    return;
  }
  const iterator = Symbol.asyncIterator in sources ? sources[Symbol.asyncIterator]() : sources[Symbol.iterator]();
  try {
    for (;;) {
      const next = await abortable(Promise.resolve(iterator.next()), signal);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: a source that waits for its next frame would keep the abort waiting too.
    void iterator.return?.();
  }
}

async function capture(verifier: FaceVerifier, source: ImageSource, signal: AbortSignal | undefined): Promise<Captured> {
  try {
    const result = await verifier.embed(source, signal ? { signal } : {});
    const { reasons } = result.face.quality;
    if (reasons.length === 0) return { result, face: result.face };
    const trouble: Trouble = { code: 'low-quality', reasons, message: `The capture is of low quality: ${reasons.join(', ')}.` };
    return { result: trouble, face: result.face, reason: reasons[0]! };
  } catch (error) {
    if (error instanceof VisavisError && (error.code === 'no-face' || error.code === 'several-faces')) {
      return { result: error, face: null, reason: error.code };
    }
    throw error;
  }
}

/** The error for too few good captures: the trouble that came up most often, with every reason seen. */
function commonest(troubles: readonly Trouble[], captures: number): VisavisError {
  const count = (code: string) => troubles.filter((t) => t.code === code).length;
  const worst = [...troubles].sort((a, b) => count(b.code) - count(a.code))[0]!;
  const reasons = [...new Set<QualityReason>(troubles.flatMap((t) => t.reasons))];
  return new VisavisError(worst.code, `${troubles.length} of ${captures} captures could not be used. ${worst.message}`, { reasons });
}

function isIterable(sources: Sources): sources is Iterable<ImageSource> | AsyncIterable<ImageSource> {
  return typeof sources === 'object' && sources !== null && (Symbol.iterator in sources || Symbol.asyncIterator in sources);
}
