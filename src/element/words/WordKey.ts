import type { CaptureAction, CaptureHint, CaptureMode } from '../../shared/capture.js';
import type { LivenessReason } from '../../shared/liveness.js';
import type { NoMatchReason } from '../../shared/verification.js';
import type { VisavisErrorCode } from '../../shared/VisavisError.js';

/** What went wrong, as people are told it. `template-missing`: nobody is enrolled yet. `waiting`: too many tries failed. `unexpected` stands for all
 * that only developers can do something about. */
export type ErrorWord =
  Exclude<VisavisErrorCode, 'import-failed' | 'bad-image' | 'aborted' | 'disposed'> | 'template-missing' | 'waiting' | 'unexpected';

/** Where a blocked camera is allowed again. */
export type HelpPlace = 'chrome' | 'edge' | 'firefox' | 'safari' | 'android' | 'ios' | 'in-app' | 'frame' | 'system' | 'other';

/** The name of a text that the element shows or says. Whatever the SDK can ask for, hint at or refuse has one: a new one fails to compile. */
export type WordKey =
  | `label.${CaptureMode}`
  | `start.${CaptureMode}.${'title' | 'text'}`
  | `start.${'movements' | 'privacy'}`
  | 'transaction.label'
  | `consent.${'text' | 'handed' | 'retention' | 'agree' | 'required'}`
  | `button.${'start' | 'ready' | 'skip' | 'skip.label' | 'cancel' | 'retry'}`
  | `loading.${'title' | 'percent' | 'retry' | 'label'}`
  | `permission.${'title' | 'text'}`
  | `ready.${'title' | 'text'}`
  | `action.${CaptureAction}`
  | `hint.${CaptureHint}`
  | 'progress.step'
  | 'deciding.title'
  | `camera.${'picture' | 'choose' | 'unnamed'}`
  | `light.${'title' | 'warning'}`
  | `result.${'enrolled' | 'checked' | 'match'}.${'title' | 'text'}`
  | `result.${'no-match' | 'not-passed'}.title`
  | 'result.renewed'
  | `result.${NoMatchReason}`
  | `liveness.${LivenessReason}`
  | `error.${ErrorWord}.${'title' | 'text'}`
  | 'error.waiting.minutes'
  | `help.${HelpPlace}`
  | `announce.${'camera-on' | 'canceled' | 'camera-off'}`
  | 'form.required';
