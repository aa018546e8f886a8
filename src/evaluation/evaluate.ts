import type { VerifierInfo } from '../shared/VerifierInfo.js';
import { measureClustering, type ClusterReport } from './clustering/measureClustering.js';
import type { Evaluation } from './Evaluation.js';
import { measureProtocol, type Protocol } from './protocols/measureProtocol.js';
import { ALL_FRAME_COUNTS, calibrateFrames, FRAME_COUNTS } from './statistics/calibrateFrames.js';
import { compareTemplates } from './statistics/compareTemplates.js';
import { discardCurves } from './statistics/discardCurves.js';
import { gateWorth } from './statistics/gateWorth.js';
import { measureVerification } from './statistics/measureVerification.js';
import type { Sample } from './statistics/Sample.js';
import type { VerificationReport } from './statistics/VerificationReport.js';

/** What is measured next; each stage may take seconds to minutes. */
export type EvaluationStage = 'pairs' | 'fused' | 'templates' | 'clusters';

/** What made the embeddings. */
export type EvaluatedInfo = Pick<
  VerifierInfo,
  'version' | 'model' | 'modelVersion' | 'pipelineVersion' | 'backend' | 'build' | 'operatingPoints'
> &
  Partial<Pick<VerifierInfo, 'normalized' | 'arithmetic'>>;

export interface EvaluateOptions {
  /** What the pictures are, in words. */
  readonly dataset: string;
  /** What made the embeddings: `verifier.info`. */
  readonly info: EvaluatedInfo;
  /** A published list of pairs of these pictures. */
  readonly protocol?: Protocol | null;
  /** Measure all pairs of all pictures. Default true. */
  readonly pairs?: boolean;
  /** Measure several pictures fused, if all pairs gave operating points. Default true. */
  readonly fused?: boolean;
  /** Compare ways of keeping several pictures in a template, which takes minutes. Default false. */
  readonly templates?: boolean;
  /** Cluster the pictures of everyone who has at least `minPictures`, by face alone, at the threshold of the false match rate `fmr`. */
  readonly cluster?: { readonly minPictures: number; readonly fmr: number } | null;
  /** Curves for every number of frames (`ALL_FRAME_COUNTS`) instead of some. Default false. */
  readonly allFrames?: boolean;
  /** The smallest false match rate to extrapolate operating points to (see `OperatingPoint.extrapolated`). Default: none are extrapolated. */
  readonly extrapolateTo?: number;
  /** What the caller left out, in sentences. */
  readonly notes?: readonly string[];
  /** The command line that repeats it. */
  readonly command?: string;
  /** How many embeddings were already cached. */
  readonly fromCache?: number;
  /** How long computing the others took, in seconds. */
  readonly seconds?: number;
  readonly onStage?: (stage: EvaluationStage) => void;
}

/**
 * Measures everything that the samples can tell, for `htmlReport`, `toJson` and `toCsv`. Time grows with the square of the number of
 * pictures: call it in a worker. Throws as `measureVerification` does.
 */
export function evaluate(samples: readonly Sample[], options: EvaluateOptions): Evaluation {
  const { dataset, info, protocol = null, notes = [], command = '', fromCache = 0, seconds, onStage = () => undefined } = options;
  const { version, model, modelVersion, pipelineVersion, backend, build, arithmetic } = info;
  const stage = <T>(name: EvaluationStage, measure: () => T): T => {
    onStage(name);
    return measure();
  };

  const { pairs = true, fused: fusing = true } = options;
  const { allFrames = false, extrapolateTo } = options;
  const cohort = info.normalized?.cohort ?? null;
  const known = (info.normalized ?? info).operatingPoints;
  const plain = pairs && cohort ? stage('pairs', () => measureVerification(samples, { thresholds: info.operatingPoints })) : null;
  const report = pairs ? stage('pairs', () => measureVerification(samples, { thresholds: known, cohort, extrapolateTo })) : null;
  const points = report?.operatingPoints ?? [];
  const frames = allFrames ? ALL_FRAME_COUNTS : FRAME_COUNTS;
  const fused =
    fusing && points.length > 0
      ? stage('fused', () => calibrateFrames(samples, { frames, thresholds: points, cohort, extrapolateTo }))
      : [];
  const plainFused = fusing && plain && plain.operatingPoints.length > 0 ? stage('fused', () => calibrateFrames(samples)) : [];
  const thresholds = known.length > 0 ? known : points;
  const limits = info.operatingPoints.length > 0 ? info.operatingPoints : ((plain ?? report)?.operatingPoints ?? []);
  const templates = options.templates ? stage('templates', () => compareTemplates(samples, { thresholds: limits, cohort })) : null;
  const clusters = clustersOf(samples, options, plain ?? report);
  return {
    format: 'visavis-evaluation',
    formatVersion: 1,
    dataset,
    command,
    finished: new Date().toISOString(),
    version,
    model,
    modelVersion,
    pipelineVersion,
    backend,
    build,
    ...(arithmetic && { arithmetic }),
    pictures: samples.length,
    fromCache,
    picturesPerSecond: seconds !== undefined && samples.length > fromCache ? (samples.length - fromCache) / seconds : null,
    notes: typeof clusters === 'string' ? [...notes, clusters] : notes,
    protocol: protocol && measureProtocol(protocol, new Map(samples.map(({ file, embedding }) => [file, embedding])), cohort),
    report,
    fused,
    plain: plain && { report: plain, fused: plainFused },
    cohort: cohort?.sha256 ?? null,
    discards: report ? discardCurves(samples, { thresholds, cohort }) : [],
    gate: report ? gateWorth(samples, { thresholds, cohort }) : null,
    templates,
    clusters: typeof clusters === 'string' ? null : clusters,
  };
}

const UNCLUSTERED = 'Nothing was clustered: neither the model nor these pictures have operating points to take a threshold from.';

/** What clustering gives; null where it was not asked for, and a sentence where there is no threshold for it. */
function clustersOf(
  samples: readonly Sample[],
  { info, cluster, onStage }: EvaluateOptions,
  report: VerificationReport | null,
): ClusterReport | string | null {
  const own = info.operatingPoints.length > 0;
  const points = own ? info.operatingPoints : (report?.operatingPoints ?? []);
  if (!cluster) return null;
  if (points.length === 0) return UNCLUSTERED;
  const rates = points.map(({ fmr }) => fmr);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  if (cluster.fmr < least || cluster.fmr > most) {
    return `Nothing was clustered: the operating points reach from ${least} to ${most}, and ${cluster.fmr} was asked for (--cluster-fmr).`;
  }
  onStage?.('clusters');
  const thresholdsFrom = own ? 'the model’s operating points' : 'the operating points measured on these pictures';
  return measureClustering(samples, { ...cluster, points, thresholdsFrom });
}
