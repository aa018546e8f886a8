import { alignFace } from '../geometry/alignFace.js';
import { boxFace } from '../geometry/boxFace.js';
import { normalizeL2 } from '../matching/normalizeL2.js';
import type { Picture } from '../geometry/Picture.js';
import type { Similarity } from '../geometry/Similarity.js';
import type { FaceReport } from '../shared/FaceReport.js';
import type { Manifest } from '../shared/Manifest.js';
import type { Arithmetic } from '../shared/Arithmetic.js';
import type { Graph } from './GraphRuntime.js';
import { standardize } from './standardize.js';
import { MEASURED } from './measuredCrop.js';

export const EMBEDDER_OUTPUTS = ['embedding'] as const;

/** Cuts a face out of a picture and turns it into an embedding. */
export class Embedder {
  readonly #normalization: Manifest['input'];
  readonly #margin: number | null;

  constructor(
    private readonly graph: Graph,
    { input, crop = 'aligned' }: Pick<Manifest, 'input' | 'crop'>,
  ) {
    this.#normalization = input;
    this.#margin = crop === 'aligned' ? null : crop.boxMargin;
  }

  /** Whether the crop in place is also one that quality and light can be measured in: aligned, RGB in −1 … 1, of the usual size. */
  get isMeasurable(): boolean {
    const { size, scale, offset, perImage = false } = this.#normalization;
    const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;
    return this.#margin === null && !perImage && size === MEASURED.size && near(scale, MEASURED.scale) && near(offset, MEASURED.offset);
  }

  /** What its convolutions multiply. */
  get arithmetic(): Arithmetic {
    return this.graph.arithmetic;
  }

  /** Side of the crop, pixels. */
  get size(): number {
    return this.#normalization.size;
  }

  /** The crop that `embed` reads next: normalized RGB, [size, size, 3]. */
  get input(): Float32Array {
    return this.graph.input;
  }

  /** Puts the face into the place that `embed` reads, and says how: from source-image pixels to the crop's. */
  cut(picture: Picture, { landmarks, box }: Pick<FaceReport, 'landmarks' | 'box'>): Similarity {
    const toCrop = this.#margin === null ? alignFace(landmarks, this.size) : boxFace(box, this.size, this.#margin);
    this.crop(picture, toCrop);
    return toCrop;
  }

  /** Puts what a transform (source-image pixels to crop) draws in the place that `embed` reads. */
  crop(picture: Picture, toCrop: Similarity): void {
    const { input } = this.graph;
    picture.sample(toCrop, this.size, this.#normalization, input);
    if (this.#normalization.perImage) standardize(input);
  }

  /** The embedding of the crop in place, of unit length. */
  async embed(): Promise<Float32Array> {
    const [raw] = await this.graph.run();
    return normalizeL2(raw!);
  }
}
