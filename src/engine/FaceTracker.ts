import { overlap } from '../geometry/suppress.js';
import type { FaceFrame } from '../geometry/meshView.js';
import { trackedFrame } from '../geometry/trackedFrame.js';
import type { FaceReport } from '../shared/FaceReport.js';

/** After so many followed frames the detector looks again, for faces that have come into view. */
const REDETECT_EVERY = 10;
/** After a longer pause the face may be anywhere, or another's. */
const MAX_PAUSE_MS = 1000;
/** Where the mesh is less sure than this that it lies on a face, the detector looks again. */
const MIN_SCORE = 0.8;
/** Two boxes that overlap by more follow the same face; a face that overlaps by less with where it was has jumped. */
const SAME_FACE = 0.4;

/** A face of a picture whose faces are not counted yet. */
export type SingleFace = Omit<FaceReport, 'faces' | 'thumbnail'>;

/** Remembers where the faces of a stream were, so that the next frame needs no detector. */
export class FaceTracker {
  #stream = -1;
  #size = '';
  #faces: readonly SingleFace[] = [];
  #followed = 0;
  #at = 0;

  /** Where to look in the next frame; null when the detector has to look. */
  next(stream: number, size: { width: number; height: number }, now: number): FaceFrame[] | null {
    const known = stream === this.#stream && this.#size === `${size.width}×${size.height}` && now - this.#at <= MAX_PAUSE_MS;
    if (!known || this.#faces.length === 0 || this.#followed >= REDETECT_EVERY) return null;
    return this.#faces.map(trackedFrame);
  }

  /** Whether each face that was followed is still the same one. */
  confirms(followed: readonly (SingleFace | null)[]): followed is SingleFace[] {
    return followed.every((face, i) => {
      if (!face || face.score < MIN_SCORE || overlap(face.box, this.#faces[i]!.box) < SAME_FACE) return false;
      return followed.every((other, j) => j >= i || !other || overlap(face.box, other.box) < SAME_FACE);
    });
  }

  remember(
    stream: number,
    { width, height }: { width: number; height: number },
    faces: readonly SingleFace[],
    now: number,
    detected: boolean,
  ): void {
    this.#stream = stream;
    this.#size = `${width}×${height}`;
    this.#faces = faces;
    this.#followed = detected ? 0 : this.#followed + 1;
    this.#at = now;
  }
}
