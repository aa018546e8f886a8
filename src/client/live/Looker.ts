import type { LookResult } from '../../shared/captures.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import type { FrameOptions, LookOptions } from '../../shared/options.js';
import type { VerifierInfo } from '../../shared/VerifierInfo.js';
import type { ImageSource } from '../pictures/ImageSource.js';

/** What enrollment, verification and ceremonies need of a face verifier: eyes, and what they see with. */
export interface Looker {
  readonly info: VerifierInfo;
  /** All faces of a picture, most certain first. */
  analyze(source: ImageSource, options?: FrameOptions): Promise<FaceReport[]>;
  /** The face of a picture and, unless the gate refuses it, its embedding. Throws `no-face` and `several-faces`. */
  look(source: ImageSource, options?: LookOptions): Promise<LookResult>;
}
