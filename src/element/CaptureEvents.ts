import type { CapturePhase, CaptureResult } from '../shared/capture.js';

/** The person's decision about the consent that an enrollment asks for: keep it, as a proof of what was agreed to. */
export interface ConsentDetail {
  readonly given: boolean;
  /** What the person read, and its language. */
  readonly text: string;
  readonly language: string;
  /** ISO 8601. */
  readonly at: string;
  /** Days after which the element uses the template no more, and erases it; null: it never does. */
  readonly retention: number | null;
}

export interface PhaseDetail {
  readonly phase: CapturePhase;
}

/** A decision, a no-match included. */
export interface DoneDetail {
  /** Whether it is what was wanted: enrolled, matched, or checked. */
  readonly passed: boolean;
  readonly result: CaptureResult;
  /** What the form sends; null without a challenge, and where there is nothing to sign. */
  readonly value: string | null;
}

export interface ErrorDetail {
  readonly error: Error;
}

/** What `<visavis-capture>` tells. All of them bubble and leave shadow trees. */
export interface VisavisCaptureEventMap {
  'visavis-consent': CustomEvent<ConsentDetail>;
  'visavis-phase': CustomEvent<PhaseDetail>;
  'visavis-done': CustomEvent<DoneDetail>;
  'visavis-error': CustomEvent<ErrorDetail>;
  'visavis-cancel': CustomEvent<null>;
}
