import type { Picture } from '../../geometry/Picture.js';
import { PixelPicture } from '../../geometry/PixelPicture.js';
import type { Pixels } from '../../geometry/Pixels.js';
import type { Arithmetic } from '../../shared/VerifierInfo.js';
import { readGraph } from '../../graph/readGraph.js';
import type { Graph, GraphInterface, GraphRuntime } from '../GraphRuntime.js';
import type { GraphFiles } from '../loadModel.js';
import { encodeSteps } from './encodeSteps.js';
import type { KernelExports } from './kernelBuilds.js';
import type { KernelMemory } from './KernelMemory.js';
import { KernelPicture } from './KernelPicture.js';
import { planGraph, type Plan } from './planGraph.js';
import { bitsOf } from './Step.js';

/** kernels.c's `Meeting`. */
export const MEETING_BYTES = 28;
/** Larger pictures, which are single photographs, are sampled in JavaScript: what this memory once held it never gives back. */
const MAX_PIXELS = 1920 * 1080;

/** Runs graphs with kernels.c, this thread and its helpers together. Calls block until they are done. */
export class KernelRuntime implements GraphRuntime {
  #scratch = { address: 0, bytes: 0 };
  /** Address of the picture; its halves lie behind it. */
  readonly #frame: number;
  #graphs = 0;

  constructor(
    private readonly kernels: KernelExports,
    private readonly kernelMemory: KernelMemory,
    private readonly meeting: number,
    private readonly helpers: readonly Worker[],
    /** Threads that were to start, this one included: helpers keep their numbers where one before them did not. */
    private readonly numbered: number,
  ) {
    // Less than as much again for the halves, whatever the sides.
    this.#frame = kernelMemory.allocate(2 * MAX_PIXELS * 4);
  }

  load(files: GraphFiles, { size, outputs: names, arithmetic }: GraphInterface): Graph {
    const { kernels, kernelMemory: memory, meeting, helpers } = this;
    const plan = planGraph(readGraph(files), size, names, arithmetic);
    const { ops, count, input, outputs, scratch } = encodeSteps(plan, memory);
    this.#reserveScratch(scratch);
    this.#graphs++;
    return {
      arithmetic: arithmeticOf(plan),
      get input() {
        return memory.floats(input, size * size * 3);
      },
      run() {
        kernels.run(ops, count, meeting, helpers.length);
        const results = outputs.map(({ address, length, sigmoid }) => {
          const values = memory.floats(address, length).slice();
          return sigmoid ? values.map((v) => 1 / (1 + Math.exp(-v))) : values;
        });
        return Promise.resolve(results);
      },
      // Its memory goes with the runtime's.
      dispose: () => {
        this.#graphs--;
      },
    };
  }

  room(width: number, height: number): Uint8Array {
    if (width * height > MAX_PIXELS) return new Uint8Array(width * height * 4);
    return this.kernelMemory.bytes(this.#frame, width * height * 4);
  }

  picture(pixels: Pixels): Picture {
    const { width, height, data } = pixels;
    if (width * height > MAX_PIXELS) return new PixelPicture(pixels);
    const target = this.kernelMemory.bytes(this.#frame, width * height * 4);
    if (data.buffer !== target.buffer || data.byteOffset !== target.byteOffset) target.set(data);
    return new KernelPicture(this.kernels, width, height, this.#frame);
  }

  memory() {
    return { tensors: this.#graphs, bytes: this.kernelMemory.used };
  }

  dispose(): void {
    for (const helper of this.helpers) helper.terminate();
  }

  #reserveScratch(bytes: number): void {
    if (bytes <= this.#scratch.bytes) return;
    const stride = Math.ceil(bytes / 64) * 64;
    this.#scratch = { address: this.kernelMemory.allocate(stride * this.numbered), bytes: stride };
    this.kernelMemory.words(this.meeting, 2).set([this.#scratch.address, stride / 4]);
  }
}

function arithmeticOf({ steps }: Plan): Arithmetic {
  const bits = steps.map(({ filter }) => bitsOf(filter));
  if (bits.includes(8)) return 'int8';
  return bits.includes(16) ? 'int16' : 'float32';
}
