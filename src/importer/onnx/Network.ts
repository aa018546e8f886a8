import type { GraphBuilder } from '../GraphBuilder.js';
import { reserving } from '../reserving.js';

/** What the operators of a file share while it is read. */
export class Network {
  readonly builder: GraphBuilder;
  readonly opset: number;
  /** Pictures in a batch, as the file believes it. One is computed at a time. */
  readonly batch: number;
  /** Sentences for the user. */
  readonly notes = new Set<string>();
  /** Asks for memory for a computed constant. */
  readonly reserve = reserving();

  constructor(builder: GraphBuilder, opset: number, batch: number) {
    this.builder = builder;
    this.opset = opset;
    this.batch = batch;
  }
}
