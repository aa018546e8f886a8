import type { Picture } from '../geometry/Picture.js';
import type { EarlyModels } from '../shared/EarlyModels.js';
import type { CohortData, EngineAssets, EngineInfo, EngineOptions, FrameData, LookRequest } from '../shared/EngineService.js';
import type { Manifest } from '../shared/Manifest.js';
import type { FaceReport } from '../shared/FaceReport.js';
import type { EmbedResult, LookResult } from '../shared/captures.js';
import type { LoadProgress } from '../shared/options.js';
import type { PointsOrigin } from '../shared/VerifierInfo.js';
import { PIPELINE_VERSION, VERSION } from '../shared/version.js';
import { VisavisError } from '../shared/VisavisError.js';
import { readOcclusionNetwork } from '../quality/occlusionNetwork.js';
import { buildPipeline, type BuiltPipeline, type PipelineModels } from './buildPipeline.js';
import { fasterBackend, medianTime } from './backend/fasterBackend.js';
import { startLoading, type Models } from './models/loadModels.js';
import { backendStarters, GPU_BACKENDS, hasHardware } from './backend/openBackend.js';
import { PixelReader } from './PixelReader.js';
import { rememberedBackend, type RememberedBackend } from './backend/rememberedBackend.js';
import { startPipeline, type Started } from './startPipeline.js';

/** Source-image pixels are the crop's. */
const AS_IT_IS = { a: 1, b: 0, tx: 0, ty: 0 };

/**
 * Owns the backend and the graphs; builds both anew, once per call, where the browser takes the GPU context away. With `auto` it starts on
 * WASM, which is soonest ready, and moves to a GPU where that is measured to be faster.
 */
export class FaceEngine {
  readonly #reader: PixelReader;
  readonly #manifest: Manifest;
  readonly #cohort: CohortData | undefined;
  readonly #points: PointsOrigin;
  readonly #kept: Promise<unknown>;
  /** Kept only where a context can be lost, to build anew from. */
  #models: PipelineModels | null;
  #started: Started;
  /** Calls and moves take turns. */
  #turn: Promise<unknown> = Promise.resolve();
  #disposed = false;
  /** Which backend this browser is to begin with next time; null where the page has chosen one. */
  #remembered: RememberedBackend | null = null;

  private constructor(models: Models & PipelineModels, started: Started, kept: Promise<unknown>, reader: PixelReader) {
    this.#reader = reader;
    this.#manifest = models.embedder.manifest;
    this.#cohort = models.embedder.cohort;
    // A detector or a mesh of the page's own makes other crops, for which the points were not measured.
    this.#points = [models.detector, models.mesh, models.embedder].every(({ shipped }) => shipped) ? 'shipped' : 'own';
    this.#models = started.backend.backend === 'wasm' ? null : models;
    this.#started = started;
    this.#kept = kept;
  }

  get info(): EngineInfo {
    const { backend: open, built, fallbacks } = this.#started;
    const { backend, build } = open;
    const { id, version, license, input, embedder } = this.#manifest;
    return {
      backend,
      build,
      threads: built.threads,
      arithmetic: built.embedder.arithmetic,
      fallbacks,
      model: id,
      modelVersion: version,
      license,
      pipelineVersion: PIPELINE_VERSION,
      embeddingSize: embedder!.embeddingSize,
      inputSize: input.size,
      operatingPoints: embedder!.operatingPoints,
      points: this.#points,
      normalized: this.#normalized(),
      measurement: embedder!.measurement,
      fused: embedder!.fused ?? [],
    };
  }

  /**
   * @param onMove called when the engine has moved to another backend, after it has loaded
   * @param signal ends loading, and the waits in it, at once
   * @param early what the page has read and fetched already
   * @throws VisavisError `model-missing`, `model-corrupt`, `backend-unavailable` or `aborted`
   */
  static async load(
    options: EngineOptions,
    onProgress: (progress: LoadProgress) => void,
    onMove: (info: EngineInfo) => void = () => undefined,
    signal?: AbortSignal,
    early?: EarlyModels,
  ): Promise<FaceEngine> {
    onProgress({ stage: 'backend', loaded: 0, total: 0 });
    const downloads = new AbortController();
    const end = () => downloads.abort();
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
    try {
      const loading = startLoading(options, (state) => onProgress({ stage: 'download', ...state }), downloads.signal, early);
      // While nothing has arrived yet.
      const reader = new PixelReader();
      void reader.rehearse();
      // What the backend waits for can wait for that.
      const occlusion = Promise.resolve(options.assets.occlusion).then(readOcclusionNetwork);
      const own = { occlusion, arithmetic: options.arithmetic };
      loading.all.then(
        ({ total }) => onProgress({ stage: 'warm-up', loaded: total, total }),
        () => undefined,
      );
      // The backend starts meanwhile; its failure is worth more than a half-finished download.
      const started = await startPipeline(options.backend, { ...loading, ...own }, backendStarters(options.backend, options.assets));
      const loaded = await loading.all.catch((error: unknown) => {
        release(started);
        throw error;
      });
      const models = { ...loaded, ...own };
      onProgress({ stage: 'ready', loaded: models.total, total: models.total });
      const engine = new FaceEngine(models, started, loading.kept(), reader);
      if (options.backend === 'auto' && started.backend.backend === 'wasm') void engine.#moveWhereFaster(models, options.assets, onMove);
      return engine;
    } finally {
      signal?.removeEventListener('abort', end);
      end();
    }
  }

  analyze(frame: FrameData, stream: number | null, small = false): Promise<FaceReport[]> {
    return this.#run(frame, ({ pipeline }, picture) => pipeline.analyze(picture, stream, small));
  }

  look(frame: FrameData, options: LookRequest): Promise<LookResult> {
    return this.#run(frame, ({ pipeline }, picture) => pipeline.look(picture, options));
  }

  embedAll(frame: FrameData, stream: number | null, small = false): Promise<EmbedResult[]> {
    return this.#run(frame, ({ pipeline }, picture) => pipeline.embedAll(picture, stream, small));
  }

  /** @param frame an aligned crop of exactly the model's input size */
  embedCrop(frame: FrameData): Promise<Float32Array> {
    return this.#run(frame, ({ embedder }, picture) => {
      const { size } = embedder;
      if (picture.width !== size || picture.height !== size) {
        throw new RangeError(`expected a crop of ${size} × ${size} pixels, got ${picture.width} × ${picture.height}`);
      }
      embedder.crop(picture, AS_IT_IS);
      return embedder.embed();
    });
  }

  memory() {
    return this.#started.backend.runtime.memory();
  }

  /** Lets go of everything at once; resolves when the models are kept for the next visit, or cannot be, which ending the thread would prevent. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    release(this.#started);
    await this.#kept;
  }

  #run<T>(frame: FrameData, task: (built: BuiltPipeline, picture: Picture) => Promise<T>): Promise<T> {
    return this.#exclusively(() => this.#answer(frame, task));
  }

  async #answer<T>(frame: FrameData, task: (built: BuiltPipeline, picture: Picture) => Promise<T>): Promise<T> {
    const pixels = await this.#reader.read(frame, (width, height) => this.#started.backend.runtime.room(width, height));
    const attempt = async () => task(this.#started.built, this.#started.backend.runtime.picture(pixels));
    const isLost = () => this.#started.backend.isLost();
    if (!isLost()) {
      try {
        const result = await attempt();
        if (!isLost()) return result;
      } catch (error) {
        if (!isLost()) throw error;
      }
    }
    await this.#rebuild().catch((cause: unknown) => {
      throw cause instanceof VisavisError && cause.code === 'disposed' ? cause : this.#gone('and could not be had anew', cause);
    });
    try {
      const result = await attempt();
      if (!isLost()) return result;
    } catch (error) {
      if (!isLost()) throw error;
    }
    throw this.#gone('twice');
  }

  /** A browser takes a GPU away that has failed too often: the next visit is not to begin with it. */
  #gone(how: string, cause?: unknown): VisavisError {
    void this.#remembered?.write('wasm');
    return new VisavisError('backend-unavailable', `The GPU was lost ${how}. Try again, or create a verifier with backend: 'wasm'.`, {
      cause,
    });
  }

  /** Null also where only plain distances were measured: decisions are made by those then. */
  #normalized(): EngineInfo['normalized'] {
    const { cohort, operatingPoints: plain } = this.#manifest.embedder!;
    if (!cohort || !this.#cohort || (cohort.operatingPoints.length === 0 && plain.length > 0)) return null;
    const { operatingPoints, fused, measurement } = cohort;
    return { cohort: this.#cohort, operatingPoints, fused, measurement };
  }

  /** Leaves the lost backend in place where it fails, so that the next call tries again. */
  async #rebuild(): Promise<void> {
    const { start, built, fallbacks } = this.#started;
    const assertNeeded = () => {
      if (this.#disposed) throw new VisavisError('disposed', 'This verifier was disposed: create a new one.');
    };
    assertNeeded();
    built.dispose();
    const backend = await start();
    const started = { start, backend, fallbacks, built: await buildPipeline(backend, this.#models!) };
    this.#started = started;
    if (this.#disposed) release(started);
    assertNeeded();
  }

  async #moveWhereFaster(models: Models & PipelineModels, assets: EngineAssets, onMove: (info: EngineInfo) => void): Promise<void> {
    const { id, version } = models.embedder.manifest;
    const candidates = GPU_BACKENDS.map((backend) => ({
      backend,
      isHardware: () => hasHardware(backend),
      start: () => startPipeline(backend, models, backendStarters(backend, assets)),
    }));
    const ours = () => this.#exclusively(() => medianTime(this.#started.built));
    this.#remembered = rememberedBackend(VERSION, id, version);
    const faster = await fasterBackend(candidates, ours, this.#remembered, () => this.#disposed);
    if (!faster) return;
    await this.#exclusively(() => {
      if (this.#disposed) {
        release(faster);
        return;
      }
      release(this.#started);
      this.#started = faster;
      this.#models = models;
      onMove(this.info);
    });
  }

  #exclusively<T>(task: () => T | Promise<T>): Promise<T> {
    const turn = this.#turn.then(task);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function release({ built, backend }: Started): void {
  built.dispose();
  backend.runtime.dispose();
}
