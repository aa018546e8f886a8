import {
  calibrateFrames,
  FRAME_COUNTS,
  measureVerification,
  readCohort,
  type CohortFile,
  type FusedReport,
  type KnownThreshold,
  type Sample,
  type VerificationReport,
} from '../../src/evaluation.js';

/** Pairs of pictures to list on either side. */
const WORST = 12;
/** Beyond this many fused pairs, the pictures are split less often: the rates hardly improve, and memory and time run out. */
const FUSED_PAIRS = 1e7;
const SPLITS = 10;

export type Part =
  | { readonly kind: 'report'; readonly report: VerificationReport; readonly plain: VerificationReport | null }
  | { readonly kind: 'frames'; readonly fused: FusedReport };

/** How many parts come after the report. */
export const FRAME_PARTS = FRAME_COUNTS.length;

/** What the pictures are compared by. */
export interface Measured {
  readonly thresholds: readonly KnownThreshold[];
  /** What the thresholds' distances are normalized by; null for a model without a cohort. */
  readonly cohort: CohortFile | null;
}

/**
 * First the report on single pictures (for a model with a cohort by normalized distances, and one by plain ones), then one on each number of
 * frames.
 */
export function* computeStatistics(samples: readonly Sample[], { thresholds, cohort: file }: Measured): Generator<Part> {
  const cohort = file && readCohort(file);
  const report = measureVerification(samples, { thresholds, worst: WORST, cohort });
  yield { kind: 'report', report, plain: cohort && measureVerification(samples) };
  const repetitions = Math.min(SPLITS, Math.max(1, Math.floor(FUSED_PAIRS / report.identities ** 2)));
  for (const frames of FRAME_COUNTS)
    yield { kind: 'frames', fused: calibrateFrames(samples, { frames: [frames], repetitions, cohort })[0]! };
}
