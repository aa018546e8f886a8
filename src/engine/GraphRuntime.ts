import type { Picture } from '../geometry/Picture.js';
import type { Pixels } from '../geometry/Pixels.js';
import type { Arithmetic } from '../shared/Arithmetic.js';
import type { GraphFiles } from './models/loadModel.js';

/** What goes into a graph and what comes out. */
export interface GraphInterface {
  /** Side of the square RGB input. */
  readonly size: number;
  /** Names of the outputs that are wanted; parts of the graph that only others need are not run. */
  readonly outputs: readonly string[];
  /**
   * `float32`: nothing is rounded to fewer bits. `int16` and `int8`: most products are of integers of so many bits, where the runtime can do
   * that; where it cannot, of more bits. Default: `int16`.
   */
  readonly arithmetic?: Arithmetic;
}

/** A graph that is ready to run. */
export interface Graph {
  /** [size, size, 3]: fill it, then run. Take it anew each time: memory may have moved. */
  readonly input: Float32Array;
  /** Lets other threads, where there are some, start on the run that has to come next, while this one does something else. */
  begin?(): void;
  /** The wanted outputs, flat, in the order asked for. */
  run(): Promise<Float32Array[]>;
  /** What its convolutions multiply. */
  readonly arithmetic: Arithmetic;
  dispose(): void;
}

/** What the pipeline needs of a way to run graphs; no stage knows which library does it. */
export interface GraphRuntime {
  /** What products are fastest with on this device. */
  readonly fastest: Arithmetic;
  /** Throws an Error where the runtime cannot run this graph. */
  load(files: GraphFiles, io: GraphInterface): Graph;
  /** A place for RGBA pixels, so that `picture` need not copy them. Valid until the next call. */
  room(width: number, height: number): Uint8Array;
  /** The picture to sample from, one at a time: the one before is gone. */
  picture(pixels: Pixels): Picture;
  memory(): { tensors: number; bytes: number };
  dispose(): void;
}
