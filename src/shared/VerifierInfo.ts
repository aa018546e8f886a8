import type { Arithmetic } from './Arithmetic.js';
import type { Cohort } from './Cohort.js';
import type { FusedCalibration, Measurement, OperatingPoint } from './Manifest.js';
import type { Backend } from './options.js';

/** A better way to run that was tried first, and why it is not the one in use. */
export interface Fallback {
  /**
   * `kernels-threads` and `kernels`: our own WebAssembly kernels, on several threads and on one. `tfjs`: TensorFlow.js on WebAssembly.
   * `webgl` and `webgpu`: TensorFlow.js on a GPU.
   */
  readonly from: 'kernels-threads' | 'kernels' | 'tfjs' | 'webgl' | 'webgpu';
  /** A sentence without its full stop. */
  readonly reason: string;
}

/**
 * Who vouches for the operating points. `shipped`: this version of the SDK, which knows the manifests of its own models. `own`: the page,
 * which passed points, or brought a model of its own. `deviceKey.signChallenge` signs which, and `own` also for a match of pictures that the
 * quality gate refuses (`gate: false`): no points were measured for them.
 */
export type PointsOrigin = 'shipped' | 'own';

/** Operating points for normalized distances, and what normalizes them. */
export interface NormalizedPoints {
  readonly cohort: Cohort;
  /** For single pictures. */
  readonly operatingPoints: readonly OperatingPoint[];
  /** For embeddings fused from several pictures. */
  readonly fused: readonly FusedCalibration[];
  readonly measurement: Measurement | null;
}

/** What a verifier runs on. */
export interface VerifierInfo {
  readonly backend: Backend;
  /**
   * The build that is running. Our own WebAssembly kernels: `relaxed-threads`, `relaxed` (with relaxed SIMD), `simd-threads` or `simd`.
   * TensorFlow.js: `tfjs-simd`, `tfjs` (WASM), `webgl1`, `webgl2` or `webgpu`.
   */
  readonly build: string;
  /** Number of computing threads (1 on a GPU). */
  readonly threads: number;
  /**
   * See the option of that name: what is in use. Our own kernels use `int8` where the browser has relaxed SIMD, the processor is faster at it
   * (by one of the instructions that they know) and the model's manifest says what comes out; otherwise `int16`; `float32` if the model does
   * not hold its golden embedding with either. TensorFlow.js always uses `float32`.
   */
  readonly arithmetic: Arithmetic;
  /** What did not start, or computed wrongly, before what runs now was tried; empty if the first choice runs. */
  readonly fallbacks: readonly Fallback[];
  /** Which thread the engine runs on. */
  readonly thread: 'worker' | 'main';
  readonly model: string;
  readonly modelVersion: string;
  /** The license of the model's weights, as its manifest states it; not of the detector's and the mesh's, which are Apache-2.0. */
  readonly license: string;
  readonly pipelineVersion: number;
  readonly embeddingSize: number;
  /** Side length of the aligned square crop, in pixels. */
  readonly inputSize: number;
  /**
   * For plain distances (`distance`, `cluster`) of single pictures. `curveFor` chooses between these and `fused`. Where `normalized` is null,
   * decisions are made by them.
   */
  readonly operatingPoints: readonly OperatingPoint[];
  /** Whose the operating points are, these and the normalized ones. */
  readonly points: PointsOrigin;
  /**
   * What `verify`, `verifyLive`, `identifyLive` and `watch` decide by: `curveFor(info.normalized ?? info, counts)` is their curve. Null for a
   * model without a cohort.
   */
  readonly normalized: NormalizedPoints | null;
  /** For embeddings fused from several pictures; empty if that was not measured. */
  readonly fused: readonly FusedCalibration[];
  /** What the operating points were measured on; null for a model that has none. */
  readonly measurement: Measurement | null;
  /** Version of the SDK. */
  readonly version: string;
}
