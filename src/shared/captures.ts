import type { FaceReport, QualityReason } from './FaceReport.js';

/** What became of one capture of an enrollment. */
export interface CaptureOutcome {
  /** Counts the sources from 0. */
  readonly index: number;
  readonly accepted: boolean;
  readonly face: FaceReport | null;
  /** Only with `accepted: false`. */
  readonly reason?: QualityReason | 'no-face' | 'several-faces';
}

export interface LookResult {
  readonly face: FaceReport;
  /** As in `EmbedResult`; null where the gate refused the capture. */
  readonly embedding: Float32Array | null;
}

export interface EmbedResult {
  /** Unit length, `info.embeddingSize` values. */
  readonly embedding: Float32Array;
  readonly face: FaceReport;
}
