import type { FaceReport, QualityReason } from './FaceReport.js';
import type { Calibration } from './Calibration.js';
import type { Challenge, LivenessResult } from './liveness.js';
import type { FusedCalibration, Measurement, OperatingPoint } from './Manifest.js';

export const BACKENDS = ['webgl', 'webgpu', 'wasm'] as const;
/** A way to run the graphs. */
export type Backend = (typeof BACKENDS)[number];
/**
 * `auto`: WASM, which is ready first, or WebGL where there is none; then, once per browser, it measures whether a GPU is clearly faster, and moves there
 * while the page goes on.
 */
export type BackendChoice = Backend | 'auto';

export type LoadStage = 'backend' | 'download' | 'warm-up' | 'ready';

export interface LoadProgress {
  /** Bytes of model files that have arrived; falls back when a damaged copy is fetched again. */
  readonly loaded: number;
  /** Bytes of all model files; 0 until the manifests are known. */
  readonly total: number;
  readonly stage: LoadStage;
}

export interface FaceVerifierOptions {
  /** The folder where `public/models` is served; default `/models/`. */
  modelsUrl?: string | URL;
  /** Id of an embedding model in that folder; default `mobilenet-160`. */
  model?: string;
  backend?: BackendChoice;
  /**
   * Operating points measured by yourself, in place of the model's own: what `npm run evaluate -- --operating-points FILE` and the demo's
   * evaluation page write. A RangeError refuses those of another model or version.
   */
  operatingPoints?: Calibration;
  /** Whether model files, once checked, are kept in this browser for the next visit, also without a network; default true. See `clearModelCache`. */
  cache?: boolean;
  onProgress?: (progress: LoadProgress) => void;
  /** Ends loading; the promise rejects with `aborted`. */
  signal?: AbortSignal;
  /** Where the worker module is served, for pages whose bundler does not follow `new URL(…, import.meta.url)`. */
  workerUrl?: string | URL;
}

export const DEFAULT_MODEL = 'mobilenet-160';
export const DEFAULT_MODELS_URL = '/models/';
/** False match rate that `verify` decides at unless told otherwise: 1 in 1,000. */
export const DEFAULT_FMR = 1e-3;

export interface CallOptions {
  signal?: AbortSignal;
}

/**
 * Which face of several counts. `only`: exactly one may be there (faces less than half as wide as the widest are
 * ignored as bystanders), else `several-faces`. `central`: the one nearest the picture's centre, larger first.
 */
export type FaceSelection = 'only' | 'central';

export interface FrameOptions extends CallOptions {
  /**
   * Whether the picture continues the one before, so that its faces are followed instead of searched for; the search comes back for a face that is
   * lost or may be another, and every eleventh frame. Default: for a video element yes, for everything else no.
   */
  track?: boolean;
}

export interface EmbedOptions extends FrameOptions {
  /** Default `only`. */
  select?: FaceSelection;
}

export interface LookOptions extends EmbedOptions {
  /** Default true: a capture of low quality is not embedded. */
  gate?: boolean;
}

/** What became of one capture of an enrolment. */
export interface CaptureOutcome {
  /** Counts the sources from 0. */
  readonly index: number;
  readonly accepted: boolean;
  readonly face: FaceReport | null;
  /** Only with `accepted: false`. */
  readonly reason?: QualityReason | 'no-face' | 'several-faces';
}

export interface EnrollOptions extends FrameOptions {
  /** Called after each capture: accepted, or why not (the most important reason). */
  onCapture?: (capture: CaptureOutcome) => void;
}

export interface VerifyOptions extends FrameOptions {
  /** The false match rate to decide at; default 1e-3. A `RangeError` names the range that the data support, which is narrower for several frames. */
  fmr?: number;
  /** Default true: a capture of low quality is not even compared, and is no match, with `reason: 'low-quality'`. */
  gate?: boolean;
  /**
   * What a `LivenessSession` resolved to: only where it was passed, is fresh, was not used before and shows the verified person can there be a match.
   * A TypeError refuses anything that did not come from a session of this page.
   */
  liveness?: LivenessResult;
}

/** What a verifier runs on. */
export interface VerifierInfo {
  readonly backend: Backend;
  /**
   * What runs: our own WebAssembly kernels as `relaxed-threads`, `relaxed` (with relaxed SIMD), `simd-threads` or `simd`, or TensorFlow.js as `tfjs-simd`,
   * `tfjs` (WASM), `webgl1`, `webgl2` or `webgpu`.
   */
  readonly build: string;
  /** Threads that compute (1 on a GPU). */
  readonly threads: number;
  /** Where the engine lives. */
  readonly thread: 'worker' | 'main';
  readonly model: string;
  readonly modelVersion: string;
  readonly pipelineVersion: number;
  readonly embeddingSize: number;
  /** Side of the aligned crop, pixels. */
  readonly inputSize: number;
  /** Of single pictures; `curveFor` chooses among these and `fused`. */
  readonly operatingPoints: readonly OperatingPoint[];
  /** Of embeddings fused from several pictures; empty where that was not measured. */
  readonly fused: readonly FusedCalibration[];
  /** What the operating points were measured on; null for a model without any. */
  readonly measurement: Measurement | null;
  /** Version of the SDK. */
  readonly version: string;
}

export interface LookResult {
  readonly face: FaceReport;
  /** As in `EmbedResult`; null where the gate refused the capture. */
  readonly embedding: Float32Array | null;
}

export interface EmbedResult {
  /** Unit length, `info.embeddingSize` values. */
  readonly embedding: Float32Array;
  readonly face: FaceReport;
}

/** A passed liveness session counts for so long, milliseconds. */
export const LIVENESS_LIFETIME = 60_000;

/** What keeps a liveness session's result from counting. */
export type LivenessRefusal = 'liveness-failed' | 'liveness-expired' | 'liveness-used' | 'liveness-other-person';

export type NoMatchReason = 'different-person' | 'no-face' | 'several-faces' | 'low-quality' | LivenessRefusal;

/** A passed liveness session, as a verification reports it. */
export interface VerifiedLiveness {
  readonly challenges: readonly Challenge[];
  /** ISO 8601. */
  readonly finishedAt: string;
}

/** The outcome of a verification of one or several frames. A no-match is a result, never an error. */
export interface VerifyResult {
  readonly match: boolean;
  /** Euclidean distance to the template, 0 … 2; null where nothing was compared. */
  readonly distance: number | null;
  /** The distance threshold at the demanded false match rate, for so many frames. */
  readonly threshold: number;
  /** The false match rate that this distance would be accepted at (see `estimateFmr`); null without a distance. */
  readonly fmr: number | null;
  /** Of the last frame with a single face. */
  readonly face: FaceReport | null;
  /** How many frames were compared, fused into one embedding; 0 where none was good enough. */
  readonly frames: number;
  /** The liveness session that this verification demanded and that counts; null where none was demanded, or it does not count. */
  readonly liveness: VerifiedLiveness | null;
  /**
   * Only with `match: false`. Of several frames at least half must be good, else the commonest trouble is the reason; `several-faces` also says
   * that they show different people.
   */
  readonly reason?: NoMatchReason;
}
