import type { GraphBuilder } from '../GraphBuilder.js';
import { importFailed } from '../importFailed.js';
import { MAX_FOLDED_VALUES } from '../limits.js';

/** What the operators of a file share while it is read. */
export class Network {
  readonly builder: GraphBuilder;
  readonly opset: number;
  /** Pictures in a batch, as the file believes it. One is computed at a time. */
  readonly batch: number;
  /** Sentences for the user. */
  readonly notes = new Set<string>();
  #folded = 0;

  constructor(builder: GraphBuilder, opset: number, batch: number) {
    this.builder = builder;
    this.opset = opset;
    this.batch = batch;
  }

  /** Asks for memory for a computed constant. @throws VisavisError `import-failed` where a file asks for too much of it */
  reserve(name: string, count: number): void {
    this.#folded += count;
    if (this.#folded > MAX_FOLDED_VALUES)
      throw importFailed(`The constants that are computed up to the node ${name} are too large. The file is damaged or made to harm.`);
  }
}
