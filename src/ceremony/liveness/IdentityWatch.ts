import { distance } from '../../matching/distance.js';
import { meanEmbedding } from '../../matching/meanEmbedding.js';
import { LIVENESS_LIMITS as L } from './limits.js';

/** How many embeddings make the reference. */
const FIRST = 3;

/** Checks that the face stays the one the session began with. */
export class IdentityWatch {
  readonly #first: Float32Array[] = [];
  #reference: Float32Array | null = null;
  readonly #rests: Float32Array[] = [];
  #strange = 0;
  #drift: number | null = null;
  #restDrift: number | null = null;

  get drift(): number | null {
    return this.#drift;
  }

  get restDrift(): number | null {
    return this.#restDrift;
  }

  /** Overwrites what it made of the face, except for the rests, which are their maker's. */
  forget(): void {
    this.#reference?.fill(0);
  }

  /** False where the face at rest is not the one of every rest before. @param embedding the mean of the rest's */
  rest(embedding: Float32Array): boolean {
    for (const before of this.#rests) this.#restDrift = Math.max(this.#restDrift ?? 0, distance(before, embedding));
    this.#rests.push(embedding);
    return (this.#restDrift ?? 0) <= L.identityRests;
  }

  /**
   * False once two embeddings in a row are of another face.
   * @param turned how far the head is from facing the camera, degrees
   */
  observe(embedding: Float32Array, turned: number): boolean {
    const toward = turned <= L.identityPose;
    if (this.#reference) {
      const d = distance(embedding, this.#reference);
      this.#drift = Math.max(this.#drift ?? 0, d);
      this.#strange = d > (toward ? L.identity : L.identityTurned) ? this.#strange + 1 : 0;
      if (this.#strange >= 2) return false;
    }
    if (toward && this.#strange === 0 && this.#first.length < FIRST) {
      this.#first.push(embedding);
      this.forget(); // the reference until now
      this.#reference = meanEmbedding(this.#first);
    }
    return true;
  }
}
