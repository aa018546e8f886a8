import type { ConsentText } from '../consentDetail.js';
import type { CaptureMode } from '../../shared/capture.js';
import type { FlowState } from '../FlowState.js';
import type { FrameSize } from '../oval.js';
import type { Words } from '../words/Words.js';

/** What is drawn. */
export interface ElementView {
  readonly words: Words;
  readonly mode: CaptureMode;
  readonly flow: FlowState;
  /** The picture's element, and whether a camera plays in it. */
  readonly video: HTMLVideoElement;
  readonly live: boolean;
  readonly mirrored: boolean;
  readonly frame: FrameSize;
  /** Movements that a liveness session asks for; 0 without one. */
  readonly movements: number;
  /** How an enrollment's consent stands; null where the element does not ask for it. */
  readonly consent: 'open' | 'missing' | 'given' | null;
  readonly consentTo: ConsentText;
  readonly retention: number | null;
  /** Whether the person may choose light from the screen, and has; null where it is not offered. */
  readonly light: 'offered' | 'chosen' | null;
  /** What the person confirms; null for nothing but who they are. */
  readonly transaction: string | null;
  readonly cameras: readonly CameraChoice[];
  /** Whether nothing may be started. */
  readonly disabled: boolean;
  readonly act: ElementActions;
}

export interface CameraChoice {
  readonly id: string;
  readonly label: string;
  readonly chosen: boolean;
}

export interface ElementActions {
  readonly start: () => void;
  readonly skip: () => void;
  readonly cancel: () => void;
  readonly agree: (given: boolean) => void;
  readonly light: (chosen: boolean) => void;
  readonly chooseCamera: (id: string) => void;
}
