import type { ErrorData } from './errorData.js';
import type { FaceReport } from './FaceReport.js';
import type { BackendChoice, FaceSelection, LoadProgress } from './options.js';
import type { EmbedResult, LookResult } from './captures.js';
import type { VerifierInfo } from './VerifierInfo.js';

/** A picture on its way to the engine; bitmaps and frames are transferred, and closed by the engine. */
export type FrameData = ImageBitmap | VideoFrame | ImageData;

export interface EngineOptions {
  /** Absolute, with a trailing slash. */
  readonly modelsUrl: string;
  readonly model: string;
  readonly backend: BackendChoice;
  /** Whether checked model files are kept in this browser. */
  readonly cache: boolean;
}

/** How to look at a picture. */
export interface LookRequest {
  readonly select: FaceSelection;
  /** Whether a capture of low quality is refused before it is embedded. */
  readonly gate: boolean;
  /** Which stream the picture is the next frame of, so that its faces can be followed; null for a picture by itself. */
  readonly stream: number | null;
}

export type EngineInfo = Omit<VerifierInfo, 'thread' | 'version'>;

/** Errors cross the thread boundary as data, because structured cloning would drop their code. */
export type Settled<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData };

/** The face of the engine that the client sees: one call at a time. */
export interface EngineService {
  /** @param onMove called when `auto` has moved to another backend since */
  load(
    options: EngineOptions,
    onProgress: (progress: LoadProgress) => void,
    onMove: (info: EngineInfo) => void,
  ): Promise<Settled<EngineInfo>>;
  analyze(frame: FrameData, stream: number | null): Promise<Settled<FaceReport[]>>;
  look(frame: FrameData, options: LookRequest): Promise<Settled<LookResult>>;
  embedAll(frame: FrameData, stream: number | null): Promise<Settled<EmbedResult[]>>;
  /** Embeds an aligned crop of `inputSize`² pixels as it is: for golden vectors and evaluation. */
  embedCrop(crop: FrameData): Promise<Settled<Float32Array>>;
  /** Live tensors and their bytes: for leak tests. */
  memory(): Promise<Settled<{ tensors: number; bytes: number }>>;
  dispose(): Promise<Settled<undefined>>;
}
