import type { LayerWriter } from './LayerWriter.js';

/** A network that is known by name, so that a file with weights alone is enough. Widths and numbers of blocks are the file's. */
export interface Architecture {
  /** As `--architecture` takes it. */
  readonly id: string;
  /** For people, such as "Inception-ResNet-v1". */
  readonly name: string;
  /** The usual side of its square input in pixels. */
  readonly inputSize: number;
  /**
   * Writes all layers down.
   * @param x the picture's node
   * @returns the node that gives the embedding, before any L2 normalization
   */
  write(net: LayerWriter, x: string): string;
}
