import { importFailed } from '../importFailed.js';
import { MAX_TENSOR_VALUES } from '../limits.js';

type Values = Float32Array | Float64Array;

/** Numbers whose count is known only at the end. It grows with what has been read, never with what a file promises. */
export class NumberList<T extends Values = Values> {
  readonly #make: (length: number) => T;
  #values: T;
  #length = 0;

  /** @param make gives the array that the numbers are kept in */
  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#values = make(0);
  }

  get length(): number {
    return this.#length;
  }

  /** The numbers so far: a view. */
  get values(): T {
    return this.#values.subarray(0, this.#length) as T;
  }

  /** @throws VisavisError `import-failed` if no tensor has so many */
  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length++] = value;
  }

  #grow(): void {
    if (this.#length >= MAX_TENSOR_VALUES) throw importFailed(`A list of the file has more than ${MAX_TENSOR_VALUES} numbers.`);
    const larger = this.#make(Math.max(4, 2 * this.#length));
    larger.set(this.#values);
    this.#values = larger;
  }
}
