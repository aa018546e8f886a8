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
import { readOcclusionNetwork } from '../quality/occlusionNetwork.js';
import { backendStarters } from './backend/openBackend.js';
import { rememberedBackend } from './backend/rememberedBackend.js';
import type { BuiltPipeline } from './buildPipeline.js';
import { LastingBackend } from './LastingBackend.js';
import { startLoading, type Models } from './models/loadModels.js';
import { PixelReader } from './PixelReader.js';
import { release, startPipeline } from './startPipeline.js';

/** Source-image pixels are the crop's. */
const AS_IT_IS = { a: 1, b: 0, tx: 0, ty: 0 };

/**
 * Loads the models and answers calls about pictures, one at a time. With `auto` it starts on WASM, which is soonest ready, and moves to a GPU
 * where that is measured to be faster.
 */
export class FaceEngine {
  readonly #manifest: Manifest;
  readonly #cohort: CohortData | undefined;
  readonly #points: PointsOrigin;

  private constructor(
    { detector, mesh, embedder }: Models,
    private readonly backend: LastingBackend,
    private readonly reader: PixelReader,
    private readonly kept: Promise<unknown>,
  ) {
    this.#manifest = embedder.manifest;
    this.#cohort = embedder.cohort;
    // A detector or a mesh of the page's own makes other crops, for which the points were not measured.
    this.#points = [detector, mesh, embedder].every(({ shipped }) => shipped) ? 'shipped' : 'own';
  }

  get info(): EngineInfo {
    const { built, fallbacks, backend: open } = this.backend.started;
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
      const backend = new LastingBackend(started, models);
      const engine = new FaceEngine(models, backend, reader, loading.kept());
      if (options.backend === 'auto' && started.backend.backend === 'wasm') {
        const { id, version } = loaded.embedder.manifest;
        const remembered = options.cache ? rememberedBackend(VERSION, id, version) : null;
        void backend.moveWhereFaster(models, options.assets, remembered, () => onMove(engine.info));
      }
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
    return this.backend.started.backend.runtime.memory();
  }

  /** Lets go of everything at once; resolves when the models are kept for the next visit, or cannot be, which ending the thread would prevent. */
  async dispose(): Promise<void> {
    this.backend.dispose();
    await this.kept;
  }

  /** @param check throws what is a mistake of the caller's */
  #run<T>(frame: FrameData, task: (built: BuiltPipeline, picture: Picture) => Promise<T>, check?: (pixels: Pixels) => void): Promise<T> {
    return this.backend.inTurn(async () => {
      const pixels = await this.reader.read(frame, (width, height) => this.backend.started.backend.runtime.room(width, height));
      check?.(pixels);
      return this.backend.run(({ built, backend }) => task(built, backend.runtime.picture(pixels)));
    });
  }

  /** Null also where only plain distances were measured: decisions are made by those then. */
  #normalized(): EngineInfo['normalized'] {
    const { cohort, operatingPoints: plain } = this.#manifest.embedder!;
    if (!cohort || !this.#cohort || (cohort.operatingPoints.length === 0 && plain.length > 0)) return null;
    const { operatingPoints, fused, measurement } = cohort;
    return { cohort: this.#cohort, operatingPoints, fused, measurement };
  }
}
