import { meanEmbedding } from '../../matching/meanEmbedding.js';
import type { EmbedResult } from '../../shared/captures.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import { LIVENESS_LIMITS as L } from './limits.js';
import { meanState, type FaceState } from './readFace.js';

/** A face that has looked into the camera for a while. */
export interface Rest {
  readonly state: FaceState;
  readonly mesh: Float32Array;
  readonly contrast: number;
  /** The frames that were embedded, at least two. */
  readonly captures: readonly EmbedResult[];
  /** The normalized mean of their embeddings. */
  readonly embedding: Float32Array;
}

/** Waits until the face has looked calmly into the camera for a moment. */
export class RestWatch {
  readonly #first: Rest | null;
  #since = 0;
  #states: FaceState[] = [];
  #captures: EmbedResult[] = [];
  #away = false;

  /** @param first how the face looked the first time; null while waiting for that */
  constructor(first: Rest | null) {
    this.#first = first;
  }

  get frames(): number {
    return this.#states.length;
  }

  get progress(): number {
    return Math.min(1, this.frames / L.restFrames);
  }

  /** Whether the last face looked elsewhere than into the camera, or than it did the first time. */
  get away(): boolean {
    return this.#away;
  }

  restart(): void {
    this.#states = [];
    this.#captures = [];
    this.#away = false;
  }

  /** The rest that this frame completes; null if it takes longer. */
  observe(face: FaceReport, state: FaceState, time: number, embedding: Float32Array | null): Rest | null {
    const faces = this.#faces(state);
    if (!faces || !this.#isCalm(face, state)) {
      this.restart();
      this.#away = !faces;
      return null;
    }
    if (this.frames === 0) this.#since = time;
    this.#states.push(state);
    if (embedding) this.#captures.push({ face, embedding });
    if (this.frames < L.restFrames || time - this.#since < L.restTime || this.#captures.length < 2) return null;
    const mean = meanEmbedding(this.#captures.map((capture) => capture.embedding));
    return { state: meanState(this.#states), mesh: face.mesh, contrast: face.quality.contrast, captures: this.#captures, embedding: mean };
  }

  #faces({ yaw, pitch }: FaceState): boolean {
    if (!this.#first) return Math.abs(yaw) <= L.frontalYaw && Math.abs(pitch) <= L.frontalPitch;
    const first = this.#first.state;
    return Math.abs(yaw - first.yaw) <= L.restPose && Math.abs(pitch - first.pitch) <= L.restPose;
  }

  #isCalm({ quality }: FaceReport, state: FaceState): boolean {
    if (quality.reasons.length > 0) return false;
    if (!this.#first) return true;
    const first = this.#first.state;
    return (
      // No more open than at first: who spoke then may close it.
      state.mouth - first.mouth <= L.restMouth && Math.min(state.rightEye / first.rightEye, state.leftEye / first.leftEye) >= L.eyeShut
    );
  }
}
