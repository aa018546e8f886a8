/**
 * How long after it was made an embedding may lead to a match that is signed, milliseconds: enough for a slow person's liveness session,
 * and a capture of this morning signs nothing in the evening.
 */
export const CAPTURE_LIFETIME = 600_000;

interface Entry {
  readonly looker: object;
  /** SHA-256 of its bytes. A copy of its values would outlive the wiping of the embedding; a typed array cannot be frozen. */
  readonly digest: string;
  /** By the page's clock that nobody can set, and by the one that goes on while the device sleeps; milliseconds. */
  readonly tick: number;
  readonly at: number;
}

/** Every embedding that an engine of this page made. An array made by hand, or a copy, is not in here. */
const made = new WeakMap<Float32Array, Entry>();

/** Called by a looker for every embedding that its engine made, before anybody else has it. */
export async function recordEmbedding(looker: object, embedding: Float32Array): Promise<void> {
  made.set(embedding, { looker, digest: await digestOf(embedding), tick: performance.now(), at: Date.now() });
}

/**
 * Whether the engine of this looker made the embedding, not long ago, and nobody has changed it since.
 * @param values a private copy of what is in it: what is compared afterwards
 */
export async function isMade(looker: object, embedding: Float32Array, values: Float32Array): Promise<boolean> {
  const entry = made.get(embedding);
  if (entry?.looker !== looker) return false;
  const age = Math.max(performance.now() - entry.tick, Math.abs(Date.now() - entry.at));
  if (age > CAPTURE_LIFETIME) return false;
  return (await digestOf(values)) === entry.digest;
}

async function digestOf(values: Float32Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', values as Float32Array<ArrayBuffer>)).join();
}
