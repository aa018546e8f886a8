/** What a reader may have to be told about a file. */
export interface ReadOptions {
  /** A name of `architectures/`, for files that hold weights and no network; found by the tensors' names where it is left out. */
  readonly architecture?: string;
  /** Side of the square input in pixels, for files that do not say it. */
  readonly inputSize?: number;
  /** Ends the reading with `aborted`. */
  readonly signal?: AbortSignal;
}
