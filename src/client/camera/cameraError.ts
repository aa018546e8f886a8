import { VisavisError, type VisavisErrorCode } from '../../shared/VisavisError.js';

/** What decides, besides the name of the browser's error, what is to blame. */
export interface CameraSurroundings {
  /** Whether the document may use the camera by its Permissions Policy; null where the browser does not tell. */
  readonly policyAllows: boolean | null;
  /** Whether the document is in a frame. */
  readonly framed: boolean;
  /** Whether a certain camera was asked for, by its `deviceId`. */
  readonly chosen: boolean;
}

const FRAME_ADVICE = 'the page around it must give its iframe the attribute allow="camera"';

/**
 * Turns what `getUserMedia` rejects with into a VisavisError. The names are those of Media Capture and Streams, W3C, `getUserMedia`
 * (https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia); which messages tell a `NotAllowedError` of the operating
 * system or an unanswered question from a refusal is Chromium's (media_stream_manager, "Permission denied by system", "Permission
 * dismissed").
 */
export function cameraError(cause: unknown, surroundings: CameraSurroundings): VisavisError {
  const [code, message] = blame(cause, surroundings);
  return new VisavisError(code, message, { cause });
}

function blame(cause: unknown, surroundings: CameraSurroundings): [code: VisavisErrorCode, message: string] {
  switch (nameOf(cause)) {
    // "If the document is not allowed to use the feature 'camera'", "if the result is 'denied'".
    case 'NotAllowedError':
      return ['camera-denied', refusal(cause, surroundings)];
    // Earlier editions: media capture is disabled for the document.
    case 'SecurityError':
      return ['camera-denied', 'This browser does not let pages use the camera: allow it in the browser’s settings, then try again.'];
    // "If finalSet is the empty set": there is no camera.
    case 'NotFoundError':
      return ['camera-missing', 'No camera was found: connect one, then try again.'];
    // "If the candidate set is empty after the constraints were applied". Only `deviceId` is demanded; all else is a wish.
    case 'OverconstrainedError':
      return surroundings.chosen
        ? ['camera-missing', 'The chosen camera is not there: connect it, or choose another, then try again.']
        : ['camera-missing', 'No suitable camera was found: connect one, then try again.'];
    // "If a hardware error such as an OS, program or webpage lock prevents access".
    case 'NotReadableError':
      return ['camera-busy', 'The camera could not be started: close other programs and pages that use it, then try again.'];
    // "If access fails for any reason other than those listed above"; Chromium: starting the device took too long.
    case 'AbortError':
      return ['camera-busy', 'The camera did not start: close other programs that use it, or connect it again, then try again.'];
    // "If the document is not fully active".
    case 'InvalidStateError':
      return ['aborted', 'The page was left before the camera was open: open it again where it is needed.'];
    default:
      return ['camera-missing', 'The camera could not be opened: check that it is connected and allowed, then try again.'];
  }
}

function refusal(cause: unknown, { policyAllows, framed }: CameraSurroundings): string {
  if (policyAllows === false && framed) return `The camera was not allowed in this frame: ${FRAME_ADVICE}.`;
  if (policyAllows === false) return 'The camera was not allowed: this page’s Permissions-Policy header must contain camera=(self).';
  const said = cause instanceof Error ? cause.message : '';
  if (/by system/i.test(said)) {
    return 'The camera was not allowed by the operating system: let this browser use the camera in its privacy settings, then try again.';
  }
  if (/dismissed/i.test(said)) return 'The question about the camera was closed unanswered: try again, and allow the camera.';
  const advice = 'The camera was not allowed: allow it in the browser’s site settings, then try again.';
  // Firefox and Safari do not tell what the policy says.
  return policyAllows === null && framed ? `${advice} This page is in a frame: ${FRAME_ADVICE}.` : advice;
}

/**
 * Turns what `video.play()` rejects with into a VisavisError, where trying again later is no use. Null for `AbortError` (paused, or another
 * source was set meanwhile) and `NotAllowedError` (the person has not touched the page yet). HTML Standard, `play()`:
 * https://html.spec.whatwg.org/multipage/media.html#dom-media-play
 */
export function playError(cause: unknown): VisavisError | null {
  const name = nameOf(cause);
  if (name === 'AbortError' || name === 'NotAllowedError') return null;
  return new VisavisError('camera-lost', 'This browser cannot play the camera’s picture: connect the camera again, or try another.', {
    cause,
  });
}

/** The error for a camera that was unplugged, or whose permission was withdrawn. */
export function cameraLost(): VisavisError {
  return new VisavisError('camera-lost', 'The camera was disconnected or taken away: connect it, then try again.');
}

/** The error for a video element with the last picture of a stream that is over, as where the page stopped its tracks. */
export function streamEnded(): VisavisError {
  const advice = 'take the picture (canvas, createImageBitmap) before you stop it.';
  return new VisavisError('camera-lost', `The stream of this video has ended: ${advice}`);
}

/** What is known about a camera that gives no pictures. */
export interface Silence {
  readonly milliseconds: number;
  /** Whether the browser keeps the video paused, and what it said then. */
  readonly paused: boolean;
  readonly refusal?: unknown;
  /** Whether the browser says that the camera is switched off at present (`MediaStreamTrack.muted`). */
  readonly muted: boolean;
}

/** The error for a camera from which no picture comes: `camera-lost`, or `camera-busy` with `starting`, before the first one. */
export function noPicture({ milliseconds, paused, refusal, muted }: Silence, { starting = false } = {}): VisavisError {
  const what = `No picture came from the camera for ${Math.round(milliseconds / 1000)} s`;
  if (paused) {
    const advice = 'tap or click the page (low-power modes ask for that), then try again.';
    return new VisavisError('camera-lost', `${what}, because the browser keeps it paused: ${advice}`, { cause: refusal });
  }
  const code = starting ? 'camera-busy' : 'camera-lost';
  if (muted) {
    const advice = 'check its shutter or privacy switch, and other programs that use it, then try again.';
    return new VisavisError(code, `${what}, which is switched off or taken: ${advice}`);
  }
  if (starting) return new VisavisError(code, `${what}: close other programs that use it, or connect it again, then try again.`);
  return new VisavisError(code, `${what}: check that it works and keep this page in view, then try again.`);
}

/** The error for a stream of frames that gives none, whatever it comes from. */
export function driedUp(milliseconds: number): VisavisError {
  const advice = 'check that the camera works and keep this page in view, then try again.';
  return new VisavisError('camera-lost', `No picture came from the camera for ${Math.round(milliseconds / 1000)} s: ${advice}`);
}

/** The error for a call that reads frames of a camera which the page has stopped. */
export function cameraStopped(): VisavisError {
  return new VisavisError(
    'aborted',
    'The camera was stopped while its frames were being read: open it again, and stop it when the call is over.',
  );
}

/** The error for the earlier of two cameras that want the same video element. */
export function videoTaken(): VisavisError {
  return new VisavisError('aborted', 'Another openCamera took over this camera’s video element: use one element for each camera.');
}

/** The error for a call that reads frames of a camera whose video element the page has given another source. */
export function videoReplaced(): VisavisError {
  const advice = 'set its srcObject to camera.stream again, or open the camera again.';
  return new VisavisError('aborted', `The camera’s video element plays something else: ${advice}`);
}

/** `OverconstrainedError` is no Error in browsers that follow earlier editions. */
function nameOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'name' in cause ? String(cause.name) : '';
}
