import { VisavisError } from '../shared/VisavisError.js';
import type { OpenBackend } from './backend/openBackend.js';
import type { Graph } from './GraphRuntime.js';
import { beginCheck } from './models/checkGolden.js';
import type { Model } from './models/loadModel.js';

/** A network that is loaded. Of one that rounding takes too far from its golden outputs, another takes its place. */
export interface Part {
  readonly manifest: Model['manifest'];
  readonly outputs: readonly string[];
  readonly graph: Graph;
  /** Puts another graph in place that rounds less; false where this one rounds nothing. */
  refine(): boolean;
}

/** Runs networks on their golden pictures, one at a time: on the helpers, while this thread prepares the next one; where nobody helps, at once. */
export class GoldenChecks {
  /** Ends the check under way. */
  #end: (() => Promise<void>) | null = null;

  constructor(private readonly open: Pick<OpenBackend, 'backend' | 'threads'>) {}

  /**
   * Ends the check before, and begins with this one.
   * @throws what that ends with: see `beginCheck`; what the threads do not start with
   */
  async add(part: Part): Promise<void> {
    await this.finish();
    await this.open.threads;
    this.#end = this.#check(part);
    if (!part.graph.begin) await this.finish();
  }

  /** @throws what the check under way ends with */
  async finish(): Promise<void> {
    const end = this.#end;
    this.#end = null;
    await end?.();
  }

  #check(part: Part): () => Promise<void> {
    const end = beginCheck(part.graph, part.manifest, part.outputs, this.open.backend);
    return async () => {
      try {
        await end();
      } catch (error) {
        const isWrong = error instanceof VisavisError && error.code === 'backend-unavailable';
        if (!isWrong || !part.refine()) throw error;
        await this.#check(part)();
      }
    };
  }
}
