import type { CeremonyProgress, CeremonyPrompt } from './ceremony.js';
import type { EnrollmentHint, EnrollmentView } from './enrollment.js';
import type { FaceReport } from './FaceReport.js';
import type { CheckLiveResult, LiveHint, VerifyLiveResult } from './live.js';
import type { LivenessAction } from './liveness.js';
import type { LoadProgress } from './options.js';
import type { Template } from './Template.js';

/** `check`: one good face, living where that is asked for, compared with nobody. */
export const CAPTURE_MODES = ['enroll', 'verify', 'check'] as const;
export type CaptureMode = (typeof CAPTURE_MODES)[number];

/** Where a capture is. `idle`, `done` and `failed` are the ends: nothing runs, and no camera is on. */
export const CAPTURE_PHASES = [
  'idle',
  /** The engine is being loaded, or the template read; see `loading`. */
  'loading',
  /** The browser asks the person for the camera, or the camera starts. */
  'asking-for-camera',
  /** The person sees themselves and nothing counts yet; see `remaining`. Only with the option `getReady`. */
  'get-ready',
  /** Looks for a good face that looks into the camera. */
  'looking',
  /** Asks for something: a turn, another distance, a challenge. */
  'prompting',
  /** Everything was seen; the result is on its way. */
  'deciding',
  /** There is a result, a no-match included. */
  'done',
  /** There is an `error`. */
  'failed',
] as const;
export type CapturePhase = (typeof CAPTURE_PHASES)[number];

export type CaptureAction = EnrollmentView | LivenessAction;
export type CaptureHint = EnrollmentHint | LiveHint;

/**
 * The one thing to tell the person now: the action asked for, or the hint that has kept them from it for a while. The keys are those of a
 * page's words.
 */
export type CaptureInstruction =
  { readonly kind: 'action'; readonly action: CaptureAction } | { readonly kind: 'hint'; readonly hint: CaptureHint };

/** What a capture ended with. */
export type CaptureResult =
  | { readonly mode: 'enroll'; readonly template: Template }
  | {
      readonly mode: 'verify';
      readonly verification: VerifyLiveResult;
      /** What takes the place of the template of an older model, where a match renewed it (see `renewFrom`): store it. Otherwise null. */
      readonly renewed: Template | null;
    }
  | { readonly mode: 'check'; readonly check: CheckLiveResult };

/** A moment of a capture. Never changed: whenever something is different there is another object, and as long as not, the same one. */
export interface CaptureState {
  readonly phase: CapturePhase;
  readonly mode: CaptureMode;
  /** How far the engine has loaded; null but in `loading`. */
  readonly loading: LoadProgress | null;
  /** What is asked for; null but in `looking` and `prompting`. Skip it by `capture.skip()`. */
  readonly prompt: CeremonyPrompt<CaptureAction> | null;
  /** Null where there is nothing to tell. */
  readonly instruction: CaptureInstruction | null;
  /** How much of what is asked for is seen, 0 … 1. */
  readonly progress: number;
  /** Whole seconds that the person has left for this, or until `get-ready` is over; null where nothing is counted. */
  readonly remaining: number | null;
  /** The one face in view, for an outline; null where there is none, or several. */
  readonly face: FaceReport | null;
  /** Null but in `done`. */
  readonly result: CaptureResult | null;
  /** Null but in `failed`. */
  readonly error: Error | null;
}

/** What happens to a capture. */
export type CaptureEvent =
  | { readonly type: 'phase'; readonly phase: 'loading' | 'asking-for-camera' | 'deciding' | 'idle' }
  | { readonly type: 'loaded'; readonly progress: LoadProgress }
  | { readonly type: 'get-ready'; readonly milliseconds: number }
  | { readonly type: 'prompted'; readonly prompt: CeremonyPrompt<CaptureAction> }
  /** `hint`: the one that has lasted, not that of this frame. */
  | { readonly type: 'progressed'; readonly progress: CeremonyProgress<CaptureAction>; readonly hint: CaptureHint | null }
  | { readonly type: 'decided'; readonly result: CaptureResult }
  | { readonly type: 'failed'; readonly error: Error };
