import type { CaptureOutcome } from './captures.js';
import type { Calibration } from './Calibration.js';

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
 * ignored as bystanders), else `several-faces`. `central`: the one nearest the picture's center, larger first.
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

export interface EnrollOptions extends FrameOptions {
  /** Called after each capture: accepted, or why not (the most important reason). */
  onCapture?: (capture: CaptureOutcome) => void;
}
