import { normalizeL2 } from '../matching/normalizeL2.js';
import type { Picture } from '../geometry/Picture.js';
import type { Similarity } from '../geometry/Similarity.js';
import type { Manifest } from '../shared/Manifest.js';
import type { Graph } from './GraphRuntime.js';

export const EMBEDDER_OUTPUTS = ['embedding'] as const;

/** Cuts an aligned crop out of a picture and turns it into an embedding. */
export class Embedder {
  constructor(
    private readonly graph: Graph,
    private readonly normalization: Manifest['input'],
  ) {}

  /** Side of the crop, pixels. */
  get size(): number {
    return this.normalization.size;
  }

  /** The crop that `embed` reads next: normalized RGB, [size, size, 3]. */
  get input(): Float32Array {
    return this.graph.input;
  }

  /** Puts what `alignment` (source-image pixels to crop) draws in the place that `embed` reads. */
  crop(picture: Picture, alignment: Similarity): void {
    picture.sample(alignment, this.size, this.normalization, this.graph.input);
  }

  /** The embedding of the crop in place, of unit length. */
  async embed(): Promise<Float32Array> {
    const [raw] = await this.graph.run();
    return normalizeL2(raw!);
  }
}
