import type { Arithmetic } from './Arithmetic.js';
import type { CohortRule } from './Cohort.js';

/** A threshold measured at a false match rate, on the data set named in the manifest. */
export interface OperatingPoint {
  /** False match rate: the share of impostor pairs at or below the threshold. */
  readonly fmr: number;
  /** Euclidean distance between unit embeddings, 0 … 2. A pair matches when its distance is at or below it. */
  readonly threshold: number;
  /** False non-match rate: the share of genuine pairs above the threshold. */
  readonly fnmr: number;
  /** 95 % interval of the false match rate at this threshold. */
  readonly fmrInterval: readonly [number, number];
  /** 95 % interval of the false non-match rate at this threshold. */
  readonly fnmrInterval: readonly [number, number];
  /**
   * Only where it is true: too few pairs of strangers were compared to count so small a rate, so the threshold comes from a curve that was
   * fitted to the closest of them (see `fitTail`); the interval says how sure that is.
   */
  readonly extrapolated?: boolean;
}

/** What operating points were measured on. */
export interface Measurement {
  readonly dataset: string;
  readonly identities: number;
  readonly genuinePairs: number;
  readonly impostorPairs: number;
  readonly method: string;
  /** What the embeddings were computed in; older measurements do not say. */
  readonly arithmetic?: Arithmetic;
}

/** Operating points for embeddings fused from several pictures. */
export interface FusedCalibration {
  /** Pictures in each template. */
  readonly templateFrames: number;
  /** Pictures in each probe; none of them is in a template. */
  readonly probeFrames: number;
  readonly operatingPoints: readonly OperatingPoint[];
  readonly measurement: Measurement;
}

/** Operating points for normalized distances, and the cohort that they are normalized by. */
export interface ManifestCohort extends CohortRule {
  /** One of the manifest's `files`: [count, embeddingSize] int8, in row-major order. */
  readonly path: string;
  /** For single pictures; empty where that was not measured. */
  readonly operatingPoints: readonly OperatingPoint[];
  readonly measurement: Measurement | null;
  readonly fused: readonly FusedCalibration[];
}

/** A file of a model, with the size and hash that its bytes must have. */
export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * The embedding that the training framework computed for a picture that code can draw; comparing with it at load proves that the graph
 * computes correctly.
 */
export interface GoldenPattern {
  /** The name of the drawn input, see `shared/goldenPattern.ts`. */
  readonly pattern: 'ripples-1';
  readonly embedding: readonly number[];
  readonly minCosine: number;
  /**
   * The same in 8-bit integers, as the reference computes it. Without it, the model is computed in 8-bit integers only if the page asks for
   * that.
   */
  readonly int8?: { readonly embedding: readonly number[]; readonly minCosine: number };
}

/** What the reference computes for a picture that code can draw, of each output: `engine/models/goldenDigest.ts` says how it is told in few numbers. */
export interface GoldenOutputs {
  readonly pattern: 'ripples-1';
  /** By the name of the output. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
  /** How far a digest may lie from its golden one, as a share of that one's length, or of 1 where it is shorter. */
  readonly maxDifference: number;
}

/** Side length of the square RGB input, in pixels. A channel value v (0 … 255) is fed in as v · scale + offset. */
export interface ModelInput {
  readonly size: number;
  readonly scale: number;
  readonly offset: number;
  /**
   * Only with `kind: 'embedder'`: whether what comes out, as a whole, is then standardized, as facenet's "prewhitening" does:
   * (x − mean) ÷ max(standard deviation, 1 ÷ √N) over all N values.
   */
  readonly perImage?: boolean;
}

/**
 * The part of a picture that an embedder is fed. `aligned`: five points of the face come to lie where they always do. Otherwise the
 * bounds of the face's mesh, made square, with `boxMargin` pixels of the crop in all around it (half on each side), upright.
 */
export type ModelCrop = 'aligned' | { readonly boxMargin: number };

/** `public/models/<id>/manifest.json`. */
export interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly kind: 'detector' | 'landmarks' | 'embedder';
  readonly architecture: string;
  readonly license: string;
  readonly source: string;
  readonly files: readonly ManifestFile[];
  readonly input: ModelInput;
  /** Only with `kind: 'embedder'`. `aligned` where it is left out. */
  readonly crop?: ModelCrop;
  /** The file of another framework that the model was made from. */
  readonly importedFrom?: { readonly name: string; readonly bytes: number; readonly sha256: string; readonly format: string };
  /** Only with `kind: 'detector'` and `kind: 'landmarks'`. */
  readonly golden?: GoldenOutputs;
  /** Only with `kind: 'embedder'`. */
  readonly embedder?: {
    readonly embeddingSize: number;
    readonly golden: GoldenPattern;
    /** For single pictures, and plain distances, as are `fused`. */
    readonly operatingPoints: readonly OperatingPoint[];
    readonly measurement: Measurement | null;
    readonly fused?: readonly FusedCalibration[];
    /** Where there is one, decisions are made by normalized distances and by its operating points. */
    readonly cohort?: ManifestCohort;
    readonly modelCard: string;
  };
}
