import type { CohortRule } from './Cohort.js';
import type { EarlyModels } from './EarlyModels.js';
import type { ErrorData } from './errorData.js';
import type { Integrity } from './integrity.js';
import type { FaceReport } from './FaceReport.js';
import type { PackedFiles } from './PackedFiles.js';
import type { BackendChoice, FaceSelection, LoadProgress } from './options.js';
import type { EmbedResult, LookResult } from './captures.js';
import type { ArithmeticChoice } from './Arithmetic.js';
import type { NormalizedPoints, VerifierInfo } from './VerifierInfo.js';

/** A picture on its way to the engine. Bitmaps and video frames are transferred; the engine closes them. Pixels are 8-bit RGBA in sRGB. */
export type FrameData = ImageBitmap | VideoFrame | ImageData;

/** TensorFlow.js, in two files: what needs a GPU, and what does not. */
export const TFJS_FILES = { gpu: 'visavis-tfjs-gpu.js', wasm: 'visavis-tfjs-wasm.js' } as const;
export type TfjsPart = keyof typeof TFJS_FILES;

/** What the worker's script does not have inside and cannot find by itself: wherever a bundler has put it, it knows no other file. */
export interface EngineAssets {
  /** The builds of the kernels. */
  readonly kernels: PackedFiles;
  /** The weights of the network that measures occlusion, base64. */
  readonly occlusion: string;
  /** Where TensorFlow.js may be: absolute URLs, tried in order when it is needed. */
  readonly tfjs: Readonly<Record<TfjsPart, readonly string[]>>;
}

export interface EngineOptions {
  /** The page's version of the library; a worker of another one refuses. */
  readonly version: string;
  readonly assets: EngineAssets;
  /** An absolute URL; its path ends with a slash. A query, such as a signature, is sent with every file. */
  readonly modelsUrl: string;
  readonly model: string;
  readonly backend: BackendChoice;
  /** Default `auto`. */
  readonly arithmetic?: ArithmeticChoice;
  /** The page's own pins, by the models' ids. */
  readonly integrity?: Integrity;
  /** Whether to keep checked model files in this browser. */
  readonly cache: boolean;
}

/** How to look at a picture. */
export interface LookRequest {
  readonly select: FaceSelection;
  /** Whether to refuse a capture of low quality before embedding it. */
  readonly gate: boolean;
  /** The stream that the picture is the next frame of, so that its faces can be followed; null for a single picture. */
  readonly stream: number | null;
}

/** A cohort as it crosses the thread boundary. */
export interface CohortData {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly rule: CohortRule;
}

/** The cohort is still a file: what reads it cannot be posted. */
export type EngineInfo = Omit<VerifierInfo, 'thread' | 'version' | 'normalized'> & {
  readonly normalized: (Omit<NormalizedPoints, 'cohort'> & { readonly cohort: CohortData }) | null;
};

/** Errors cross the thread boundary as data, because structured cloning would drop their `code`. */
export type Settled<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData };

/** What the engine posts, beside its replies, for a message that it could not read: that call gets no reply. */
export const UNREADABLE = 'visavis-unreadable';

/** The engine as the client sees it. It handles one call at a time, and answers pings meanwhile. */
export interface EngineService {
  /**
   * @param onMove called when `auto` has moved to another backend since
   * @param early what the page has read and fetched already; its `fetched` takes a proxied function
   */
  load(
    options: EngineOptions,
    onProgress: (progress: LoadProgress) => void,
    onMove: (info: EngineInfo) => void,
    early?: EarlyModels,
  ): Promise<Settled<EngineInfo>>;
  /** @param small whether small faces are searched for too, in a picture by itself: `stream` is null then */
  analyze(frame: FrameData, stream: number | null, small: boolean): Promise<Settled<FaceReport[]>>;
  look(frame: FrameData, options: LookRequest): Promise<Settled<LookResult>>;
  embedAll(frame: FrameData, stream: number | null, small: boolean): Promise<Settled<EmbedResult[]>>;
  /** Embeds an aligned crop of `inputSize`² pixels without changing it, for golden vectors and evaluation. */
  embedCrop(crop: FrameData): Promise<Settled<Float32Array>>;
  /** Live tensors and their bytes, for leak tests. */
  memory(): Promise<Settled<{ tensors: number; bytes: number }>>;
  /** Answered as soon as the event loop turns, also while another call is under way. */
  ping(): Promise<Settled<undefined>>;
  dispose(): Promise<Settled<undefined>>;
}
