import type { FusedCalibration, Measurement, OperatingPoint } from './Manifest.js';
import type { Backend } from './options.js';

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
  /** Which thread the engine runs on. */
  readonly thread: 'worker' | 'main';
  readonly model: string;
  readonly modelVersion: string;
  readonly pipelineVersion: number;
  readonly embeddingSize: number;
  /** Side length of the aligned square crop, in pixels. */
  readonly inputSize: number;
  /** For single pictures. `curveFor` chooses between these and `fused`. */
  readonly operatingPoints: readonly OperatingPoint[];
  /** For embeddings fused from several pictures; empty if that was not measured. */
  readonly fused: readonly FusedCalibration[];
  /** What the operating points were measured on; null for a model that has none. */
  readonly measurement: Measurement | null;
  /** Version of the SDK. */
  readonly version: string;
}
