import type { FaceReport, QualityReason } from './FaceReport.js';

/** What became of one capture during an enrollment. */
export interface CaptureOutcome {
  /** The number of the source, from 0. */
  readonly index: number;
  readonly accepted: boolean;
  readonly face: FaceReport | null;
  /** Only with `accepted: false`. */
  readonly reason?: QualityReason | 'no-face' | 'several-faces';
}

export interface LookResult {
  readonly face: FaceReport;
  /** As in `EmbedResult`; null if the quality gate refused the capture. */
  readonly embedding: Float32Array | null;
}

export interface EmbedResult {
  /** `info.embeddingSize` values, of unit length. */
  readonly embedding: Float32Array;
  readonly face: FaceReport;
}
