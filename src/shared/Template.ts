/** What an embedding was made by; only embeddings with the same origin can be compared. */
export interface EmbeddingOrigin {
  readonly model: string;
  readonly modelVersion: string;
  readonly pipelineVersion: number;
}

/** A random rotation drawn from a key, then rounding to 255 levels: see `protectTemplate`. */
export const PROTECTION_SCHEME = 'rotation-int8-1';

/** How a protected template was transformed. */
export interface Protection {
  readonly scheme: typeof PROTECTION_SCHEME;
  /** Tells keys apart and says nothing about them: 16 lower-case hexadecimal digits. */
  readonly keyId: string;
  /** The key itself, where the vault that keeps it handed the template out; scripts cannot read it. Text never carries it. */
  readonly key?: CryptoKey;
}

/**
 * An enrolled person: a plain object that structured cloning (IndexedDB, `postMessage`) keeps whole. It is biometric
 * data: keep it in the vault, or as text through `serializeTemplate` where you must.
 */
export interface Template extends EmbeddingOrigin {
  readonly format: 'visavis-template';
  readonly formatVersion: 1;
  /** Unit length; the normalized mean of the accepted captures. */
  readonly embedding: Float32Array;
  /** How many captures the mean holds. */
  readonly captures: number;
  /** Mean cosine between the accepted captures and their mean, 0 … 1; 1 for a single capture. */
  readonly consistency: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Of a protected template: `embedding` is then not the person's, but that turned by a key. Comparing it takes the key. */
  readonly protection?: Protection;
}
