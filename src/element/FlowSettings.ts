import type { Camera } from '../client/camera/Camera.js';
import type { CameraOptions } from '../client/camera/openCamera.js';
import type { CaptureMode } from '../shared/capture.js';
import type { LivenessOptions } from '../shared/liveness.js';
import type { VerifierSource } from '../client/VerifierSource.js';
import type { Template } from '../shared/Template.js';
import type { EngineChoice } from './EngineKeeper.js';
import type { OwnVerifier } from './OwnVerifier.js';
import type { Signing } from './signedValue.js';
import type { TemplateStore } from './TemplateStore.js';

/** What one try works with: the element's properties at its start. */
export interface FlowSettings {
  readonly mode: CaptureMode;
  readonly fmr: number | null;
  readonly liveness: boolean | LivenessOptions;
  /** Milliseconds. */
  readonly getReady: number;
  /** The page's own; null: one is loaded. */
  readonly verifier: OwnVerifier | null;
  readonly engine: EngineChoice;
  /** The model that made templates before this one; null: such templates are refused. */
  readonly renewFrom: VerifierSource | null;
  readonly camera: Camera | CameraOptions;
  readonly template: Template | null;
  /** Where in the vault the template lies; null: nothing is read there or written. */
  readonly templateId: string | null;
  readonly vault: TemplateStore | null;
  /** Days after which a stored template is used no more, and erased; null: never. */
  readonly retention: number | null;
  /** The name of this browser's key. */
  readonly deviceKey: string;
  /** Null where no server asked for anything. */
  readonly signing: Signing | null;
}
