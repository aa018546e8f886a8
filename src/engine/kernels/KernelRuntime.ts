import type { Picture } from '../../geometry/Picture.js';
import { PixelPicture } from '../../geometry/PixelPicture.js';
import type { Pixels } from '../../geometry/Pixels.js';
import type { Arithmetic } from '../../shared/Arithmetic.js';
import { readGraph } from '../../graph/readGraph.js';
import type { Graph, GraphInterface, GraphRuntime } from '../GraphRuntime.js';
import { keptRoom } from '../keptRoom.js';
import type { GraphFiles } from '../models/loadModel.js';
import { encodeSteps } from './encodeSteps.js';
import type { KernelExports } from './kernelBuilds.js';
import { NOTHING, type KernelMemory } from './KernelMemory.js';
import { KernelPicture } from './KernelPicture.js';
import { productsOfBytes } from './productsOfBytes.js';
import { planGraph, type Plan } from './planGraph.js';
import { bitsOf } from './Step.js';

/** kernels.c's `Meeting`. */
export const MEETING_BYTES = 28;
/** Larger pictures, which mostly are single photographs, are sampled in JavaScript: what this memory once held it never gives back. */
const MAX_PIXELS = 1920 * 1080;
/** Halves begin at multiples of 64 bytes, and there are 20 at most. */
const ROUNDING = 2048;

/** Runs graphs with kernels.c, this thread and its helpers together. Calls block until they are done. */
export class KernelRuntime implements GraphRuntime {
  readonly fastest: Arithmetic;
  readonly #best: Arithmetic;
  readonly #runs: KernelExports['runs'];
  #scratch = NOTHING;
  /** Where the values of a run lie, of whichever graph: they run one at a time, and results are copied. */
  #values = NOTHING;
  /** Where the picture lies, and its halves behind it; as much as the largest needed. */
  #frame = NOTHING;
  /** For pictures that this memory does not take: a camera's frames may be as large. */
  readonly #elsewhere = keptRoom();
  #graphs = 0;
  #helpers: readonly Worker[] = [];

  constructor(
    private readonly kernels: KernelExports,
    private readonly kernelMemory: KernelMemory,
    private readonly meeting: number,
    private readonly starting: Promise<readonly Worker[]>,
    /** Threads that were to start, this one included: helpers keep their numbers where one before them did not. */
    private readonly numbered: number,
  ) {
    starting.then(
      (helpers) => (this.#helpers = helpers),
      () => undefined,
    );
    this.#best = kernels.probe ? 'int8' : 'int16';
    const products = productsOfBytes(kernels);
    this.fastest = products ? 'int8' : 'int16';
    this.#runs = products === 'in pairs' ? kernels.runs : undefined;
  }

  load(files: GraphFiles, { size, outputs: names, arithmetic = 'int16' }: GraphInterface): Graph {
    const { kernels, kernelMemory: memory, meeting } = this;
    const helpers = () => this.#helpers.length;
    const plan = planGraph(readGraph(files), size, names, arithmetic === 'int8' ? this.#best : arithmetic);
    const { ops, count, input, outputs, scratch } = encodeSteps(plan, memory, {
      reserve: (bytes) => {
        this.#values = memory.extend(this.#values, bytes);
        return this.#values.address;
      },
      ...(this.#runs && { runs: this.#runs }),
    });
    this.#reserveScratch(scratch);
    this.#graphs++;
    let begun = 0;
    // Not while helpers are in a run, which look where it lies as they enter: a graph that is loaded meanwhile may have moved it.
    const publish = () => memory.words(meeting, 2).set([this.#scratch.address, this.#scratch.bytes / 4]);
    return {
      arithmetic: arithmeticOf(plan),
      get input() {
        return memory.floats(input, size * size * 3);
      },
      ...(this.numbered > 1 && {
        begin() {
          publish();
          kernels.begin!(ops, count, meeting, helpers());
          begun = 1;
        },
      }),
      run() {
        if (!begun) publish();
        kernels.run(ops, count, meeting, helpers(), begun);
        begun = 0;
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
    const address = this.#reserveFrame(width, height);
    const bytes = width * height * 4;
    return address === null ? this.#elsewhere(bytes) : this.kernelMemory.bytes(address, bytes);
  }

  picture(pixels: Pixels): Picture {
    const { width, height, data } = pixels;
    const address = this.#reserveFrame(width, height);
    if (address === null) return new PixelPicture(pixels);
    const target = this.kernelMemory.bytes(address, width * height * 4);
    if (data.buffer !== target.buffer || data.byteOffset !== target.byteOffset) target.set(data);
    // The one before it is not kept any longer than its memory is needed.
    this.#elsewhere(0);
    return new KernelPicture(this.kernels, width, height, address);
  }

  memory() {
    return { tensors: this.#graphs, bytes: this.kernelMemory.used };
  }

  dispose(): void {
    this.starting.then(
      (helpers) => helpers.forEach((helper) => helper.terminate()),
      () => undefined,
    );
  }

  /** Null for pictures that are too large, also for what this device gives. */
  #reserveFrame(width: number, height: number): number | null {
    if (width * height > MAX_PIXELS) return null;
    try {
      // Less than as much again for the halves, whatever the sides, but for rounding.
      this.#frame = this.kernelMemory.extend(this.#frame, 2 * width * height * 4 + ROUNDING);
    } catch {
      return null;
    }
    return this.#frame.address;
  }

  #reserveScratch(bytes: number): void {
    if (bytes <= this.#scratch.bytes) return;
    const stride = Math.ceil(bytes / 64) * 64;
    this.#scratch = { address: this.kernelMemory.allocate(stride * this.numbered), bytes: stride };
  }
}

function arithmeticOf({ steps }: Plan): Arithmetic {
  const bits = steps.map(({ filter }) => bitsOf(filter));
  if (bits.includes(8)) return 'int8';
  return bits.includes(16) ? 'int16' : 'float32';
}
