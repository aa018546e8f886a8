import { CAPTURE_MODES, type CaptureMode } from '../../shared/capture.js';
import { assertOptions, type OptionNames } from '../../shared/assertOptions.js';
import type { Clock } from '../../shared/Clock.js';
import { describe } from '../../shared/describe.js';
import type { LivenessOptions } from '../../shared/liveness.js';
import type { Template } from '../../shared/Template.js';
import type { Camera } from '../camera/Camera.js';
import { assertCameraOptions, type CameraOptions } from '../camera/openCamera.js';
import { assertVerifierOrOptions, type VerifierSource } from '../VerifierSource.js';
import { assertTimeLimit } from './assertTimeLimit.js';
import { assertLiveness } from './readLiveness.js';

export interface CaptureOptions {
  /** `enroll` makes a template, `verify` compares with one, `check` sees whether one good face is there. */
  mode: CaptureMode;
  /** Whom to verify; only for `verify`, which needs it. A function is called at each start, before the camera, so that the latest one is compared. */
  template?: Template | (() => Template | Promise<Template>);
  /** As in `verify`; only for `verify`. */
  fmr?: number;
  /**
   * The verifier of the model that made templates before this one, its options, or a function that gives one; only for `verify`. It is loaded for a
   * template that the capture's own verifier did not make: then the capture runs `renewLive`, at a false match rate of 1e-4 or `fmr`, whichever is
   * stricter, and `result.renewed` is the new template. What it loads it also disposes of at the end; a verifier stays the caller's.
   */
  renewFrom?: VerifierSource;
  /** Runs a liveness session first, with the default options or these. Off by default. Its `mirrored` holds for all that is asked for. */
  liveness?: boolean | LivenessOptions;
  /**
   * Milliseconds for each view of an enrollment, otherwise for finding a good face; 1000 … 60000. Default: that of `enrollLive` and
   * `verifyLive`.
   */
  timeLimit?: number;
  /** How long people see themselves before anything counts, milliseconds, 0 … 60000; default 0. */
  getReady?: number;
  /** How to open the camera at each start, which the capture also stops; or a camera that is open, which stays the caller's. */
  camera?: CameraOptions | Camera;
  /** Called with the camera of a start, before the first frame is read: put its `video` into the page. */
  onCamera?: (camera: Camera) => void;
  /** Tells the time; default: the page's clock. For tests. */
  clock?: Clock;
}

const OPTIONS: OptionNames<CaptureOptions> = {
  ...{ mode: true, template: true, fmr: true, renewFrom: true, liveness: true, timeLimit: true },
  ...{ getReady: true, camera: true, onCamera: true, clock: true },
};
const LONGEST_WAIT = 60_000;

export function assertCaptureOptions(options: CaptureOptions): void {
  assertOptions(options, OPTIONS, 'createCapture');
  const { mode, template, fmr, renewFrom, liveness, timeLimit, getReady = 0, camera, onCamera } = options;
  if (!CAPTURE_MODES.includes(mode)) throw new RangeError(`expected mode ${CAPTURE_MODES.join(', ')}, got ${describe(mode)}`);
  if (mode === 'verify' && !template) throw new TypeError(`expected a template to verify, got ${describe(template)}`);
  if (mode !== 'verify' && (template !== undefined || fmr !== undefined || renewFrom !== undefined)) {
    throw new TypeError(`expected template, fmr and renewFrom with mode verify only, got them with ${mode}: leave them out`);
  }
  if (!(typeof getReady === 'number' && getReady >= 0 && getReady <= LONGEST_WAIT)) {
    throw new RangeError(`expected getReady to be 0 to ${LONGEST_WAIT} ms, got ${describe(getReady)}`);
  }
  if (renewFrom !== undefined && typeof renewFrom !== 'function') {
    assertVerifierOrOptions(renewFrom, 'renewFrom to be a verifier, its options or a function that gives one');
  }
  assertLiveness(liveness);
  if (timeLimit !== undefined) assertTimeLimit(timeLimit);
  if (onCamera !== undefined && typeof onCamera !== 'function') {
    throw new TypeError(`expected onCamera to be a function, got ${describe(onCamera)}`);
  }
  if (camera === undefined) return;
  if (typeof camera !== 'object' || camera === null) {
    throw new TypeError(`expected camera to be an open camera or the options of one, got ${describe(camera)}`);
  }
  if (!isOpenCamera(camera)) assertCameraOptions(camera);
}

/** By what it can do: a camera of another copy of this library, or a test's, is as good. */
export function isOpenCamera(camera: CameraOptions | Camera | undefined): camera is Camera {
  return camera !== undefined && 'frames' in camera && typeof camera.frames === 'function';
}
