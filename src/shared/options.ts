import type { CaptureOutcome } from './captures.js';
import type { Calibration } from './Calibration.js';
import type { Integrity } from './integrity.js';
import type { ArithmeticChoice } from './Arithmetic.js';

export const BACKENDS = ['webgl', 'webgpu', 'wasm'] as const;
/** What the networks run on. */
export type Backend = (typeof BACKENDS)[number];
/**
 * `auto`: starts on WASM, which is ready first, or on WebGL on a real GPU if WASM does not run. Then it measures, once per browser and in
 * the background, whether a GPU is clearly faster, and switches to it if so, and back if the browser takes that GPU away for good or it fails
 * at a picture. It never runs on WebGL in software, which takes seconds per picture: ask for `webgl` to accept that.
 */
export type BackendChoice = Backend | 'auto';

export type LoadStage = 'backend' | 'download' | 'warm-up' | 'ready';

/** A download that failed and is tried again. */
export interface LoadRetry {
  /** Address of the file. */
  readonly url: string;
  /** Why the last try failed, such as "the server answered 503". */
  readonly reason: string;
  /** Number of the try that comes, from 2. */
  readonly attempt: number;
  /** Tries in all, before loading gives up. */
  readonly attempts: number;
  /** Milliseconds until it starts. */
  readonly delay: number;
}

export interface LoadProgress {
  /** Bytes of model files that have arrived. Goes down if a file has to be fetched again. */
  readonly loaded: number;
  /** Bytes of all model files; 0 until the manifests are known. */
  readonly total: number;
  readonly stage: LoadStage;
  /** Only in the call that tells of it. */
  readonly retry?: LoadRetry;
}

export interface FaceVerifierOptions {
  /** URL of the folder where `public/models` is served; default `/models/`. A query, such as a signature, is sent with every file. */
  modelsUrl?: string | URL;
  /** Id of an embedding model in that folder; default `mobilenet-160`. */
  model?: string;
  backend?: BackendChoice;
  /**
   * What the networks multiply; default `auto`, and `info.arithmetic` says what that is. `int8` asks for 8-bit integers in the embedder also
   * where the processor is slow at them, and of a model whose manifest has no golden embedding for them, which then has to come within a
   * cosine of 0.999 of the other one; where that fails, or the browser has no relaxed SIMD, it is `int16`. `int16` and `float32` are for
   * comparisons. A GPU and TensorFlow.js know `float32` only.
   */
  arithmetic?: ArithmeticChoice;
  /**
   * By id, the hashes that manifests of models must have: `sha256-` and the SHA-256 in base64, as in Subresource Integrity. Anything else is
   * `model-corrupt`, also what was kept in this browser. The models that ship with the SDK are pinned without it; an entry here counts in
   * place of that. Give one for every model of your own.
   */
  integrity?: Integrity;
  /**
   * Operating points that you measured yourself, used instead of the model's own: the file that
   * `npx visavis evaluate --operating-points FILE` or the demo's evaluation page writes. If they belong to another model or version, `createFaceVerifier` throws a RangeError.
   */
  operatingPoints?: Calibration;
  /**
   * Whether to keep checked model files in this browser for the next visit, so that it works without a network too; default true. See
   * `clearModelCache`.
   */
  cache?: boolean;
  onProgress?: (progress: LoadProgress) => void;
  /** Aborts loading; the promise rejects with `aborted`. */
  signal?: AbortSignal;
  /** URL of the worker module, for pages whose bundler does not follow `new URL(…, import.meta.url)`. */
  workerUrl?: string | URL;
  /**
   * URL of the folder that has `visavis-tfjs-gpu.js` and `visavis-tfjs-wasm.js`, for pages whose bundler does not copy them; default: where
   * the bundler put them, then beside `workerUrl`; `visavis/inline` knows no other place. They are loaded only where the backend is a GPU,
   * the browser has no SIMD, or the kernels do not know a model's operations.
   */
  tfjsUrl?: string | URL;
}

export const DEFAULT_MODEL = 'mobilenet-160';
export const DEFAULT_MODELS_URL = '/models/';
/** The false match rate at which `verify` decides by default: 1 in 1,000. */
export const DEFAULT_FMR = 1e-3;

export interface CallOptions {
  signal?: AbortSignal;
}

/**
 * Which face counts if there are several. `only`: exactly one must be there (faces less than half as wide as the widest are ignored as
 * bystanders), otherwise `several-faces`. `central`: the one nearest the picture's center, with larger faces preferred.
 */
export type FaceSelection = 'only' | 'central';

export interface FrameOptions extends CallOptions {
  /**
   * Whether the picture continues the previous one, so that its faces are followed instead of searched for. The detector still runs on
   * every eleventh frame, and whenever a face is lost or may be another. Default: true for a video element, false for everything else.
   */
  track?: boolean;
}

export interface AnalyzeOptions extends FrameOptions {
  /**
   * Whether faces narrower than about 1/25 of the picture are searched for too, as in photos of groups: in overlapping tiles, down to about
   * 1/60. Finding takes several times as long. Not together with `track`; a video element's frame is then a picture by itself. Default
   * false.
   */
  small?: boolean;
}

export interface EmbedOptions extends FrameOptions {
  /** Default `only`. */
  select?: FaceSelection;
}

export interface LookOptions extends EmbedOptions {
  /** Whether to skip embedding a capture of low quality; default true. */
  gate?: boolean;
}

export interface EnrollOptions extends FrameOptions {
  /** Called after each capture, with whether it was accepted and, if not, the most important reason. */
  onCapture?: (capture: CaptureOutcome) => void;
}
