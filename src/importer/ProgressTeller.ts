import type { ImportProgress } from './ImportOptions.js';

/** Where each stage begins, as a share of the whole. */
const STAGES: readonly (readonly [ImportProgress['stage'], number])[] = [
  ['read', 0],
  ['simplify', 0.1],
  ['check', 0.15],
  ['store', 0.5],
  ['write', 0.95],
];

/** Tells the caller how far an import is, which is never less than it was. */
export class ProgressTeller {
  readonly #tell: ((progress: ImportProgress) => void) | undefined;
  #most = 0;
  #thrown: { readonly error: unknown } | undefined;

  constructor(tell: ((progress: ImportProgress) => void) | undefined) {
    this.#tell = tell;
  }

  /** @returns is told how far the stage is, 0 … 1; one that is done again begins anew */
  at(stage: ImportProgress['stage']): (done: number) => void {
    const i = STAGES.findIndex(([name]) => name === stage);
    const [from, to] = [STAGES[i]![1], STAGES[i + 1]?.[1] ?? 1];
    return (done) => {
      this.#most = Math.max(this.#most, from + done * (to - from));
      try {
        this.#tell?.({ stage, loaded: this.#most, total: 1 });
      } catch (error) {
        this.#thrown = { error };
        throw error;
      }
    };
  }

  /** What to throw for what an import threw: what the caller's own function did is none of the file's. */
  cause(error: unknown): unknown {
    return this.#thrown ? this.#thrown.error : error;
  }
}
