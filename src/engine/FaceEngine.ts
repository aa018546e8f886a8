import type { Picture } from '../geometry/Picture.js';
import type { Pixels } from '../geometry/Pixels.js';
import type { EarlyModels } from '../shared/EarlyModels.js';
import type { CohortData, EngineInfo, EngineOptions, FrameData, LookRequest } from '../shared/EngineService.js';
import type { Manifest } from '../shared/Manifest.js';
import type { FaceReport } from '../shared/FaceReport.js';
import type { EmbedResult, LookResult } from '../shared/captures.js';
import type { LoadProgress } from '../shared/options.js';
import type { PointsOrigin } from '../shared/VerifierInfo.js';
import { PIPELINE_VERSION, VERSION } from '../shared/version.js';
import { VisavisError } from '../shared/VisavisError.js';
import { readOcclusionNetwork } from '../quality/occlusionNetwork.js';
import type { BuiltPipeline, PipelineModels } from './buildPipeline.js';
import { fasterBackend, medianTime } from './backend/fasterBackend.js';
import { startLoading, type Models } from './models/loadModels.js';
import { backendStarters, GPU_BACKENDS, hasHardware, type GpuBackend } from './backend/openBackend.js';
import { computesWrongly } from './models/checkGolden.js';
import { PixelReader } from './PixelReader.js';
import { rememberedBackend, type RememberedBackend } from './backend/rememberedBackend.js';
import { startOn, startPipeline, type Started } from './startPipeline.js';

/** Source-image pixels are the crop's. */
const AS_IT_IS = { a: 1, b: 0, tx: 0, ty: 0 };

/**
 * Owns the backend and the graphs; builds both anew, once per call, where the browser takes the GPU context away. With `auto` it starts on
 * WASM, which is soonest ready, moves to a GPU where that is measured to be faster, and back where the browser takes that away for good.
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
  /** Which backend this browser is to begin with next time; null where the page has chosen one, or wants nothing to be kept. */
  #remembered: RememberedBackend | null = null;
  /** Moves back to WASM; null where the engine has not come from there. */
  #moveBack: (() => Promise<void>) | null = null;

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
      if (options.backend === 'auto' && started.backend.backend === 'wasm') void engine.#moveWhereFaster(models, options, onMove);
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
    const { size } = this.#manifest.input;
    const check = ({ width, height }: Pixels) => {
      if (width !== size || height !== size) {
        throw new RangeError(`expected a crop of ${size} × ${size} pixels, got ${width} × ${height}`);
      }
    };
    const task = ({ embedder }: BuiltPipeline, picture: Picture) => {
      embedder.crop(picture, AS_IT_IS);
      return embedder.embed();
    };
    return this.#run(frame, task, check);
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

  #run<T>(frame: FrameData, task: (built: BuiltPipeline, picture: Picture) => Promise<T>, check?: (pixels: Pixels) => void): Promise<T> {
    return this.#exclusively(async () => {
      const pixels = await this.#reader.read(frame, (width, height) => this.#started.backend.runtime.room(width, height));
      check?.(pixels);
      const attempt = () => this.#attempt(task, pixels);
      const answer = (await attempt()) ?? (await this.#rebuild().then(attempt)) ?? (await this.#retreat('twice').then(attempt));
      return answer!.result;
    });
  }

  /** Null where the backend is lost: what comes out of it, or fails on it, means nothing. */
  async #attempt<T>(task: (built: BuiltPipeline, picture: Picture) => Promise<T>, pixels: Pixels): Promise<{ readonly result: T } | null> {
    const { built, backend: open } = this.#started;
    if (open.isLost()) return null;
    try {
      const result = await task(built, open.runtime.picture(pixels));
      return open.isLost() ? null : { result };
    } catch (error) {
      // What was under way on a device may fail a moment before the browser tells that it is lost.
      if (!(error instanceof VisavisError)) await new Promise((resolve) => setTimeout(resolve));
      if (open.isLost()) return null;
      // No mistake of the caller's: a device that passed its checks has computed what is no number.
      throw error instanceof RangeError ? computesWrongly(open.backend, 'this picture', error.message, error) : error;
    }
  }

  /**
   * Leaves a GPU that was lost for WASM, where the engine has come from there. A browser takes a GPU away that has failed too often: the next
   * visit is not to begin with it.
   */
  async #retreat(how: string, cause?: unknown): Promise<void> {
    void this.#remembered?.write('wasm');
    if (this.#moveBack) return this.#moveBack();
    throw new VisavisError('backend-unavailable', `The GPU was lost ${how}. Try again, or create a verifier with backend: 'wasm'.`, {
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

  /** Leaves the lost backend in place where nothing else can be had, so that the next call tries again. */
  async #rebuild(): Promise<void> {
    const { start, built, fallbacks } = this.#started;
    this.#assertNeeded();
    built.dispose();
    try {
      this.#take(await startOn({ start }, this.#models!, fallbacks));
    } catch (error) {
      this.#assertNeeded();
      await this.#retreat('and could not be had anew', error);
    }
  }

  #assertNeeded(): void {
    if (this.#disposed) throw new VisavisError('disposed', 'This verifier was disposed: create a new one.');
  }

  /** Goes on with what was started; lets go of it where the engine has ended meanwhile. */
  #take(started: Started): void {
    release(this.#disposed ? started : this.#started);
    this.#assertNeeded();
    this.#started = started;
  }

  async #moveWhereFaster(
    models: Models & PipelineModels,
    { assets, cache }: Pick<EngineOptions, 'assets' | 'cache'>,
    onMove: (info: EngineInfo) => void,
  ): Promise<void> {
    const { id, version } = models.embedder.manifest;
    const candidates = GPU_BACKENDS.map((backend) => ({
      backend,
      isHardware: () => hasHardware(backend),
      start: () => startOn(backendStarters(backend, assets)[0]!, models),
    }));
    // Alone on this thread, both: a call under way would make either look slow.
    const measure = (built: BuiltPipeline) => this.#exclusively(() => medianTime(built));
    const ours = () => measure(this.#started.built);
    this.#remembered = cache ? rememberedBackend(VERSION, id, version) : null;
    const faster = await fasterBackend(candidates, ours, this.#remembered, () => this.#disposed, measure);
    if (!faster) return;
    await this.#exclusively(() => {
      if (this.#disposed) {
        release(faster);
        return;
      }
      this.#take(faster);
      this.#models = models;
      this.#moveBack = async () => {
        const started = await startPipeline('wasm', models, backendStarters('wasm', assets));
        const from = faster.backend.backend as GpuBackend;
        this.#take({ ...started, fallbacks: [...started.fallbacks, { from, reason: 'the browser took the GPU away' }] });
        this.#models = this.#moveBack = null;
        onMove(this.info);
      };
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
