import type { GraphFiles } from './loadModel.js';

/** A graph that is ready to run. */
export interface Graph {
  /** Runs the graph on one input and returns the named outputs, flat, in the order asked for. */
  run(input: Float32Array, shape: readonly number[], outputs: readonly string[]): Promise<Float32Array[]>;
  dispose(): void;
}

/** What the pipeline needs of a way to run graphs; no stage knows which library does it. */
export interface GraphRuntime {
  load(files: GraphFiles): Graph;
  /** Indices of the boxes that survive non-maximum suppression, best first. Boxes are [y1, x1, y2, x2]. */
  suppress(boxes: readonly (readonly [number, number, number, number])[], scores: readonly number[], maxOverlap: number): Promise<number[]>;
  memory(): { tensors: number; bytes: number };
}
