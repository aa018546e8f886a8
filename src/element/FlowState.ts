import type { CapturePhase, CaptureResult, CaptureState } from '../shared/capture.js';
import type { LoadProgress } from '../shared/options.js';
import type { HelpPlace, WordKey } from './words/WordKey.js';
import type { WordValues } from './words/formatMessage.js';

/** How a capture ended, in words for people. */
export interface Outcome {
  /** `good`: what was wanted. `bad`: somebody was seen, and refused. `trouble`: it came to no decision. */
  readonly kind: 'good' | 'bad' | 'trouble';
  readonly title: WordKey;
  readonly text: WordKey;
  readonly values: WordValues;
  /** Where a blocked camera is allowed again; null where that is not the trouble. */
  readonly help: HelpPlace | null;
  /** Whether another try may help. */
  readonly retry: boolean;
}

/** A moment of the element. */
export interface FlowState {
  readonly phase: CapturePhase;
  /** The capture that runs; null before there is one, and at the end. */
  readonly capture: CaptureState | null;
  readonly loading: LoadProgress | null;
  /** Whether the browser's question about the camera has been open for a while. */
  readonly unanswered: boolean;
  readonly outcome: Outcome | null;
  readonly result: CaptureResult | null;
  readonly error: Error | null;
}

export const IDLE: FlowState = Object.freeze({
  phase: 'idle',
  capture: null,
  loading: null,
  unanswered: false,
  outcome: null,
  result: null,
  error: null,
});

/** Whether something runs that `cancel` ends. */
export function isRunning({ phase }: Pick<FlowState, 'phase'>): boolean {
  return phase !== 'idle' && phase !== 'done' && phase !== 'failed';
}
