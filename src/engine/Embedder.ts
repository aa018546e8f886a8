import { normalizeL2 } from '../geometry/normalizeL2.js';
import type { Manifest } from '../shared/Manifest.js';
import type { Graph } from './GraphRuntime.js';

/** Turns an aligned crop into an embedding. */
export class Embedder {
  constructor(
    private readonly graph: Graph,
    readonly input: Manifest['input'],
  ) {}

  /** @param crop normalised RGB, [size, size, 3]; returns a unit vector. */
  async embed(crop: Float32Array): Promise<Float32Array> {
    const { size } = this.input;
    const [raw] = await this.graph.run(crop, [1, size, size, 3], ['embedding']);
    return normalizeL2(raw!);
  }
}
