import type { Pixels } from '../geometry/Pixels.js';
import type { EngineInfo, EngineOptions } from '../shared/EngineService.js';
import type { FaceReport } from '../shared/FaceReport.js';
import type { Manifest } from '../shared/Manifest.js';
import type { EmbedResult, FaceSelection, LoadProgress } from '../shared/options.js';
import { PIPELINE_VERSION } from '../shared/version.js';
import { VisavisError } from '../shared/VisavisError.js';
import { buildPipeline, type BuiltPipeline } from './buildPipeline.js';
import { loadModels, type Models } from './loadModels.js';
import { openBackend, type OpenBackend } from './openBackend.js';

/** Owns the backend and the graphs; builds both anew, once per call, where the browser takes the GPU context away. */
export class FaceEngine {
  readonly info: EngineInfo;
  readonly #input: Manifest['input'];
  /** Kept only where a context can be lost, to build anew from. */
  readonly #models: Models | null;
  #backend: OpenBackend;
  #built: BuiltPipeline;

  private constructor(models: Models, backend: OpenBackend, built: BuiltPipeline) {
    this.#models = backend.backend === 'webgl' ? models : null;
    this.#backend = backend;
    this.#built = built;
    const { id, version, input, embedder } = models.embedder.manifest;
    this.#input = input;
    this.info = {
      backend: backend.backend,
      build: backend.build,
      threads: backend.threads,
      model: id,
      modelVersion: version,
      pipelineVersion: PIPELINE_VERSION,
      embeddingSize: embedder!.embeddingSize,
      inputSize: input.size,
      operatingPoints: embedder!.operatingPoints,
      measurement: embedder!.measurement,
      fused: embedder!.fused ?? [],
    };
  }

  static async load(options: EngineOptions, onProgress: (progress: LoadProgress) => void): Promise<FaceEngine> {
    onProgress({ stage: 'backend', loaded: 0, total: 0 });
    // The backend starts while the models download; its failure is worth more than a half-finished download.
    const downloading = loadModels(options, (loaded, total) => onProgress({ stage: 'download', loaded, total }));
    downloading.catch(() => undefined);
    let backend = await openBackend(options.backend);
    const models = await downloading;
    const { total } = models;
    onProgress({ stage: 'warm-up', loaded: total, total });
    let built: BuiltPipeline;
    try {
      built = await buildPipeline(backend, models);
    } catch (error) {
      // The backend started but computes wrongly on this device.
      if (options.backend !== 'auto' || !(error instanceof VisavisError) || error.code !== 'backend-unavailable') throw error;
      backend = await openBackend(backend.backend === 'wasm' ? 'webgl' : 'wasm');
      built = await buildPipeline(backend, models);
    }
    onProgress({ stage: 'ready', loaded: total, total });
    return new FaceEngine(models, backend, built);
  }

  analyze(pixels: Pixels): Promise<FaceReport[]> {
    return this.#run(({ pipeline }) => pipeline.analyze(pixels));
  }

  embed(pixels: Pixels, select: FaceSelection): Promise<EmbedResult> {
    return this.#run(({ pipeline }) => pipeline.embed(pixels, select));
  }

  embedAll(pixels: Pixels): Promise<EmbedResult[]> {
    return this.#run(({ pipeline }) => pipeline.embedAll(pixels));
  }

  /** @param pixels an aligned crop of exactly the model's input size */
  embedCrop(pixels: Pixels): Promise<Float32Array> {
    const { size, scale, offset } = this.#input;
    if (pixels.width !== size || pixels.height !== size) {
      throw new RangeError(`expected a crop of ${size} × ${size} pixels, got ${pixels.width} × ${pixels.height}`);
    }
    const crop = new Float32Array(size * size * 3);
    for (let i = 0; i < size * size; i++) for (let c = 0; c < 3; c++) crop[3 * i + c] = pixels.data[4 * i + c]! * scale + offset;
    return this.#run(({ embedder }) => embedder.embed(crop));
  }

  memory() {
    return this.#backend.runtime.memory();
  }

  dispose(): void {
    this.#built.dispose();
  }

  async #run<T>(task: (built: BuiltPipeline) => Promise<T>): Promise<T> {
    if (!this.#backend.isLost()) {
      try {
        const result = await task(this.#built);
        if (!this.#backend.isLost()) return result;
      } catch (error) {
        if (!this.#backend.isLost()) throw error;
      }
    }
    await this.#rebuild();
    const result = await task(this.#built);
    if (this.#backend.isLost()) throw new VisavisError('backend-unavailable', `The GPU context was lost twice. Try backend: 'wasm'.`);
    return result;
  }

  /** Leaves the lost backend in place where it fails, so that the next call tries again. */
  async #rebuild(): Promise<void> {
    this.#built.dispose();
    const backend = await openBackend(this.#backend.backend, { afresh: true });
    this.#built = await buildPipeline(backend, this.#models!);
    this.#backend = backend;
  }
}
