import type { CeremonyProgress, CeremonyPrompt } from '../shared/ceremony.js';
import type { CeremonyFrame } from './CeremonyFrame.js';

/**
 * Decides, frame by frame, what a ceremony asks for next and when it is over. Pure: it knows only the frames it is given and their times.
 */
export interface CeremonyJudge<Action extends string, Hint extends string> {
  readonly prompt: CeremonyPrompt<Action>;
  /** Of the last frame; null before the first. */
  readonly progress: CeremonyProgress<Action, Hint> | null;
  /** Whether it is decided, for better or worse. */
  readonly over: boolean;
  observe(frame: CeremonyFrame): void;
}
