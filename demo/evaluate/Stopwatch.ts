/** Enough to tell the speed. */
const FIRST = 3;

/** How long pictures take, and how long the rest will. */
export class Stopwatch {
  readonly #began = performance.now();
  #done = 0;

  /** Counts one more picture. */
  lap(): void {
    this.#done++;
  }

  /** Milliseconds for each picture so far; 0 before the first. */
  get mean(): number {
    return this.#done > 0 ? (performance.now() - this.#began) / this.#done : 0;
  }

  /** Null as long as it can't be estimated. */
  secondsLeft(total: number): number | null {
    return this.#done < FIRST ? null : (this.mean * (total - this.#done)) / 1000;
  }
}
