import type { EmbedResult } from '../../shared/captures.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import type { AnalyzeOptions } from '../../shared/options.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import type { Looker } from './Looker.js';

/** The eyes of a whole verifier: what ceremonies need, and what pictures need. */
export interface VerifierLooker extends Looker {
  analyze(source: ImageSource, options?: AnalyzeOptions): Promise<FaceReport[]>;
  embedAll(source: ImageSource, options?: AnalyzeOptions): Promise<EmbedResult[]>;
  embedCrop(crop: ImageSource, signal: AbortSignal | undefined): Promise<Float32Array>;
}
