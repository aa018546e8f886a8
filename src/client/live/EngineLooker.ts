import { describe } from '../../shared/describe.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import type { AnalyzeOptions, LookOptions } from '../../shared/options.js';
import type { EmbedResult, LookResult } from '../../shared/captures.js';
import type { VerifierInfo } from '../../shared/VerifierInfo.js';
import type { EngineBridge } from '../bridge/EngineBridge.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import type { VerifierLooker } from './VerifierLooker.js';
import { recordEmbedding } from '../madeEmbeddings.js';
import { readSource } from '../pictures/readSource.js';
import { scaleReport } from '../pictures/scaleReport.js';
import { searchOf } from '../searchOf.js';
import { streamOf } from '../camera/streamOf.js';

/**
 * The eyes of a face verifier: sends pictures to the engine, and records the embeddings that come back. The verifier keeps it to itself, so
 * that nothing that a page changes about the verifier changes what `verify` sees. Embeddings of a call that was ended meanwhile, which nobody
 * gets, are overwritten as they come.
 */
export class EngineLooker implements VerifierLooker {
  readonly #bridge: EngineBridge;
  readonly #info: () => VerifierInfo;

  constructor(bridge: EngineBridge, info: () => VerifierInfo) {
    this.#bridge = bridge;
    this.#info = info;
  }

  get info(): VerifierInfo {
    return this.#info();
  }

  async analyze(source: ImageSource, options: AnalyzeOptions = {}): Promise<FaceReport[]> {
    const { stream, small } = searchOf(source, options);
    const { value, frame } = await this.#bridge.withFrame(options.signal, this.#take(source), (engine, data) =>
      engine.analyze(data, stream, small),
    );
    return value.map((report) => scaleReport(report, frame.scale));
  }

  async look(source: ImageSource, { signal, track, gate = true, select = 'only' }: LookOptions = {}): Promise<LookResult> {
    if (select !== 'only' && select !== 'central') throw new RangeError(`expected select 'only' or 'central', got ${describe(select)}`);
    const stream = streamOf(source, track);
    const { value, frame } = await this.#bridge.withFrame(
      signal,
      this.#take(source),
      (engine, data) => engine.look(data, { select, gate, stream }),
      ({ embedding }) => embedding?.fill(0),
    );
    if (value.embedding) await recordEmbedding(this, value.embedding, value.face);
    return { face: scaleReport(value.face, frame.scale), embedding: value.embedding };
  }

  async embedAll(source: ImageSource, options: AnalyzeOptions = {}): Promise<EmbedResult[]> {
    const { stream, small } = searchOf(source, options);
    const { value, frame } = await this.#bridge.withFrame(
      options.signal,
      this.#take(source),
      (engine, data) => engine.embedAll(data, stream, small),
      (faces) => {
        for (const { embedding } of faces) embedding.fill(0);
      },
    );
    await Promise.all(value.map(({ embedding, face }) => recordEmbedding(this, embedding, face)));
    return value.map(({ embedding, face }) => ({ embedding, face: scaleReport(face, frame.scale) }));
  }

  /** Not recorded: whoever makes a crop may have drawn anything. */
  async embedCrop(crop: ImageSource, signal: AbortSignal | undefined): Promise<Float32Array> {
    const { value } = await this.#bridge.withFrame(
      signal,
      this.#take(crop),
      (engine, data) => engine.embedCrop(data),
      (embedding) => embedding.fill(0),
    );
    return value;
  }

  /** Returns a function that takes the frame when it is this call's turn. */
  #take(source: ImageSource) {
    return () => readSource(source, this.info.thread === 'main' && typeof OffscreenCanvas === 'undefined');
  }
}
