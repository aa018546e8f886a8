import type { FusedCalibration, Measurement, OperatingPoint } from './Manifest.js';
import type { Backend } from './options.js';

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
