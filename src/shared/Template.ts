/** What made an embedding. Only embeddings of the same origin can be compared. */
export interface EmbeddingOrigin {
  readonly model: string;
  readonly modelVersion: string;
  readonly pipelineVersion: number;
}

/** How a protected template was transformed. */
export interface Protection {
  /** A random rotation derived from a key, followed by rounding to 255 levels: see `protectTemplate`. */
  readonly scheme: 'rotation-int8-1';
  /** Identifies the key without revealing anything about it: 16 lower-case hexadecimal digits. */
  readonly keyId: string;
  /** The key itself, if the template came from the vault that keeps it; scripts cannot read it. Never part of a template's text. */
  readonly key?: CryptoKey;
}

export const PROTECTION_SCHEME: Protection['scheme'] = 'rotation-int8-1';

/**
 * An enrolled person: a plain object that survives structured cloning (IndexedDB, `postMessage`). It is biometric data: keep it in the
 * vault, or if you must, as text made by `serializeTemplate`.
 */
export interface Template extends EmbeddingOrigin {
  readonly format: 'visavis-template';
  readonly formatVersion: 1;
  /** The normalized mean of the accepted captures, of unit length. */
  readonly embedding: Float32Array;
  /** How many captures went into the mean. */
  readonly captures: number;
  /** Mean cosine between the accepted captures and their mean, 0 … 1; 1 for a single capture. */
  readonly consistency: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /**
   * Only for a protected template: `embedding` is then not the person's own, but a version rotated by a key. Comparing it requires the key.
   */
  readonly protection?: Protection;
}
