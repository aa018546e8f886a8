import type { FaceReport } from '../shared/FaceReport.js';

/** What was seen in one frame of a ceremony. */
export interface CeremonyFrame {
  /** Milliseconds, on any clock that never goes back. */
  readonly time: number;
  /** How many faces count (see `rivals`). */
  readonly faces: number;
  /** The one face; null where there is none, or several. */
  readonly face: FaceReport | null;
  /** Of unit length; null where the frame was not embedded. */
  readonly embedding: Float32Array | null;
}
