import type { FaceReport } from './FaceReport.js';

/**
 * What the person should do now. Guided enrollment and liveness use the same form of prompt; `action` is the key for the words and the
 * picture that a page shows.
 */
export interface CeremonyPrompt<Action extends string = string> {
  readonly action: Action;
  /** Steps done so far, out of `total`: captures taken in an enrollment, challenges completed in a liveness session. */
  readonly done: number;
  readonly total: number;
  /** How long this prompt may take, in milliseconds. */
  readonly timeLimit: number;
  /** Skips this step, for people who cannot or do not want to do it; null if it cannot be skipped. Takes effect with the next frame. */
  readonly skip: (() => void) | null;
}

/** Progress on a prompt; reported once per frame. */
export interface CeremonyProgress<Action extends string = string, Hint extends string = string> {
  readonly prompt: CeremonyPrompt<Action>;
  /** How much of the requested action is seen, 0 … 1. */
  readonly progress: number;
  /** Time left for this prompt, in milliseconds. */
  readonly remaining: number;
  /** What is holding the ceremony up; null if nothing is. */
  readonly hint: Hint | null;
  /** The one face in view; null if there is none, or more than one. */
  readonly face: FaceReport | null;
}

/** Callbacks and signal for a running ceremony. */
export interface CeremonyListeners<Action extends string, Hint extends string> {
  /** Aborts the ceremony; its promise rejects with `aborted`. */
  signal?: AbortSignal;
  /** Called whenever there is something new to do. */
  onPrompt?: (prompt: CeremonyPrompt<Action>) => void;
  /** Called after each frame. */
  onProgress?: (progress: CeremonyProgress<Action, Hint>) => void;
}
