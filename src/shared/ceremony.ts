import type { FaceReport } from './FaceReport.js';

/**
 * What the person is to do now. Guided enrollment and liveness prompt alike: `action` is the key of the words and the picture that a page
 * shows for it.
 */
export interface CeremonyPrompt<Action extends string = string> {
  readonly action: Action;
  /** Steps done so far, of `total`: captures taken in an enrollment, challenges done in a liveness session. */
  readonly done: number;
  readonly total: number;
  /** Milliseconds for this prompt. */
  readonly timeLimit: number;
  /** Leaves this step out, for people who cannot or do not want to do it; null where it cannot be left out. Takes effect with the next frame. */
  readonly skip: (() => void) | null;
}

/** How a prompt is coming along; told once for each frame. */
export interface CeremonyProgress<Action extends string = string, Hint extends string = string> {
  readonly prompt: CeremonyPrompt<Action>;
  /** How much of what is asked for is seen, 0 … 1. */
  readonly progress: number;
  /** Milliseconds left for this prompt. */
  readonly remaining: number;
  /** What keeps the ceremony from going on; null where nothing does. */
  readonly hint: Hint | null;
  /** The one face in view; null where there is none, or several. */
  readonly face: FaceReport | null;
}

/** What a page hears while a ceremony runs. */
export interface CeremonyListeners<Action extends string, Hint extends string> {
  /** Ends the ceremony; its promise rejects with `aborted`. */
  signal?: AbortSignal;
  /** Called when there is something new to do. */
  onPrompt?: (prompt: CeremonyPrompt<Action>) => void;
  /** Called after each frame. */
  onProgress?: (progress: CeremonyProgress<Action, Hint>) => void;
}
