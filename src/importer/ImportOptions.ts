/** How pixels become what a network is fed: (p − mean) ÷ scale of each channel value p, 0 … 255; or each picture by its own mean and spread. */
export type Normalization = { readonly mean: number; readonly scale: number } | 'per-image';

/** The crop that weights were trained with. */
export type Crop =
  /** Five points of the face come to lie where ArcFace's are: what the SDK's own networks take, at any size. */
  | 'aligned'
  /**
   * The bounds of the face's mesh, square, with so many pixels of the crop around them, upright: about what facenet's tools cut, which take their
   * detector's box.
   */
  | { readonly boxMargin: number };

/** How weights are stored. */
export type Quantization =
  /** Large tensors in 8 bits where that does not change the embedding, the rest in 16. */
  | 'mixed8'
  | 'float16'
  /** 32 bits, as they are. */
  | 'none';

export interface ImportProgress {
  readonly stage: 'read' | 'simplify' | 'check' | 'store' | 'write';
  /** Of the stages as a whole: 0 … 1. */
  readonly loaded: number;
  readonly total: 1;
}

/** What a file does not say about its network. */
export interface ImportOptions {
  /** The model's name, a folder's: letters, digits, `.`, `_` and `-`. */
  readonly id: string;
  /**
   * A name of a network, for files that hold weights only; found by the names of the tensors where it is left out. Of files that describe
   * their network a note of the report says that it was not used.
   */
  readonly architecture?: string;
  /** Side of the square input, pixels, for files that do not say it. */
  readonly inputSize?: number;
  /** By default (p − 127.5) ÷ 127.5. */
  readonly normalize?: Normalization;
  /** The order in which the network reads a pixel's channels. By default `rgb`. */
  readonly channels?: 'rgb' | 'bgr';
  /** By default `aligned`. */
  readonly crop?: Crop;
  /** By default `mixed8`. */
  readonly quantize?: Quantization;
  /** Of the weights, in a few words: it goes into the manifest. */
  readonly license?: string;
  /** The license's whole text: it becomes the file `LICENSE`. */
  readonly licenseText?: string;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
}
