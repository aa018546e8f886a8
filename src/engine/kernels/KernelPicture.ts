import type { Normalization, Picture } from '../../geometry/Picture.js';
import { sampleGrid } from '../../geometry/sampleGrid.js';
import type { Similarity } from '../../geometry/Similarity.js';
import type { KernelExports } from './kernelBuilds.js';

interface Level {
  readonly address: number;
  readonly width: number;
  readonly height: number;
}

/** An RGBA picture in the kernels' memory, with its successive halves behind it. */
export class KernelPicture implements Picture {
  readonly #levels: Level[];

  constructor(
    private readonly kernels: KernelExports,
    readonly width: number,
    readonly height: number,
    address: number,
  ) {
    this.#levels = [{ address, width, height }];
  }

  /** @param out a view of the kernels' memory, with room for one float more */
  sample(toOutput: Similarity, size: number, { scale, offset }: Normalization, out: Float32Array): void {
    const { level, a, b, tx, ty } = sampleGrid(toOutput, this.width, this.height);
    const { address, width, height } = this.#level(level);
    this.kernels.warp(address, width, height, a, b, tx, ty, size, scale, offset, out.byteOffset);
  }

  #level(wanted: number): Level {
    while (this.#levels.length <= wanted) {
      const { address, width, height } = this.#levels.at(-1)!;
      const half = { address: address + bytesOf(width, height), width: (width + 1) >> 1, height: (height + 1) >> 1 };
      this.kernels.halve(address, width, height, half.address);
      this.#levels.push(half);
    }
    return this.#levels[wanted]!;
  }
}

function bytesOf(width: number, height: number): number {
  return Math.ceil((width * height * 4) / 64) * 64;
}
