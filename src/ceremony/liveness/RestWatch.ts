import type { FaceReport } from '../../shared/FaceReport.js';
import { LIVENESS_LIMITS as L } from './limits.js';
import { meanState, type FaceState } from './readFace.js';

/** A face that has looked into the camera for a while. */
export interface Rest {
  readonly state: FaceState;
  readonly mesh: Float32Array;
  readonly embeddings: readonly Float32Array[];
}

/** Waits until the face has looked calmly into the camera for a moment. */
export class RestWatch {
  readonly #first: Rest | null;
  #since = 0;
  #states: FaceState[] = [];
  #embeddings: Float32Array[] = [];

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

  restart(): void {
    this.#states = [];
    this.#embeddings = [];
  }

  /** The rest that this frame completes; null if it takes longer. */
  observe(face: FaceReport, state: FaceState, time: number, embedding: Float32Array | null): Rest | null {
    if (!this.#fits(face, state)) {
      this.restart();
      return null;
    }
    if (this.frames === 0) this.#since = time;
    this.#states.push(state);
    if (embedding) this.#embeddings.push(embedding);
    if (this.frames < L.restFrames || time - this.#since < L.restTime || this.#embeddings.length < 2) return null;
    return { state: meanState(this.#states), mesh: face.mesh, embeddings: this.#embeddings };
  }

  #fits({ pose, quality }: FaceReport, state: FaceState): boolean {
    if (quality.reasons.length > 0) return false;
    if (!this.#first) return Math.abs(pose.yaw) <= L.frontalYaw && Math.abs(pose.pitch) <= L.frontalPitch;
    const first = this.#first.state;
    return (
      Math.abs(state.yaw - first.yaw) <= L.restPose &&
      Math.abs(state.pitch - first.pitch) <= L.restPose &&
      Math.abs(state.mouth - first.mouth) <= L.restMouth &&
      Math.min(state.rightEye / first.rightEye, state.leftEye / first.leftEye) >= L.eyeShut
    );
  }
}
