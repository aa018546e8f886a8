import type { NetworkFacts } from './networkFacts.js';

/** What an import did, and what came out. */
export interface ImportReport extends NetworkFacts {
  readonly format: string;
  readonly architecture: string;
  /** Side of the input, pixels. */
  readonly inputSize: number;
  readonly embeddingSize: number;
  /** Layers of the network that were read and are still there: each computes what it computed. */
  readonly layersCompared: number;
  /** The largest distance of a layer's values from what they were, as a share of their length. */
  readonly largestDifference: number;
  /** The least cosine of the stored weights' embedding to that of the weights as they were. */
  readonly storedCosine: number;
  /** Of all files. */
  readonly bytes: number;
  /** What was left out or guessed, in sentences. */
  readonly notes: readonly string[];
}

export interface ImportedModel {
  /** The files of the model's folder, by name: model.json, weights.bin, manifest.json, MODEL_CARD.md, and LICENSE where its text was given. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly report: ImportReport;
}
