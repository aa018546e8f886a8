import type { FaceReport } from '../shared/FaceReport.js';
import { ageOf, thisMoment, type Moment } from '../shared/Moment.js';

/**
 * How long after it was made an embedding may lead to a match that is signed, milliseconds: enough for a slow person's liveness session,
 * and a capture of this morning signs nothing in the evening.
 */
export const CAPTURE_LIFETIME = 600_000;

interface Entry {
  readonly looker: object;
  /** SHA-256 of its bytes. A copy of its values would outlive the wiping of the embedding; a typed array cannot be frozen. */
  readonly digest: string;
  /** Whether the engine found nothing wrong with the face, as the quality gate demands. */
  readonly good: boolean;
  readonly moment: Moment;
}

/** Where an embedding comes from: the looker's own engine, from a face that passes the quality gate or from a poor one; or elsewhere. */
export type Origin = 'good' | 'poor' | 'elsewhere';

/** Every embedding that an engine of this page made. An array made by hand, or a copy, is not in here. */
const made = new WeakMap<Float32Array, Entry>();

/** Called by a looker for every embedding that its engine made, before anybody else has it. */
export async function recordEmbedding(looker: object, embedding: Float32Array, { quality }: FaceReport): Promise<void> {
  const good = quality.reasons.length === 0;
  made.set(embedding, { looker, digest: await digestOf(embedding), good, moment: thisMoment() });
}

/**
 * Of this looker's engine is what that made not long ago, and nobody has changed since. How good it was the engine said: what the caller
 * says of the face may be anything.
 * @param values a private copy of what is in it: what is compared afterwards
 */
export async function originOf(looker: object, embedding: Float32Array, values: Float32Array): Promise<Origin> {
  const entry = made.get(embedding);
  if (entry?.looker !== looker || ageOf(entry.moment) > CAPTURE_LIFETIME) return 'elsewhere';
  if ((await digestOf(values)) !== entry.digest) return 'elsewhere';
  return entry.good ? 'good' : 'poor';
}

async function digestOf(values: Float32Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', values as Float32Array<ArrayBuffer>)).join();
}
