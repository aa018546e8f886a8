/** What an embedding was made by; only embeddings with the same origin can be compared. */
export interface EmbeddingOrigin {
  readonly model: string;
  readonly modelVersion: string;
  readonly pipelineVersion: number;
}

/**
 * An enrolled person: a plain object that structured cloning (IndexedDB, `postMessage`) keeps whole. It is biometric
 * data: keep it in the vault, or as text through `serializeTemplate` where you must.
 */
export interface Template extends EmbeddingOrigin {
  readonly format: 'visavis-template';
  readonly formatVersion: 1;
  /** Unit length; the normalised mean of the accepted captures. */
  readonly embedding: Float32Array;
  /** How many captures the mean holds. */
  readonly captures: number;
  /** Mean cosine between the accepted captures and their mean, 0 … 1; 1 for a single capture. */
  readonly consistency: number;
  /** ISO 8601. */
  readonly createdAt: string;
}
