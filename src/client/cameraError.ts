import { VisavisError } from '../shared/VisavisError.js';

/** The error for a camera that was unplugged, or whose permission was withdrawn. */
export function cameraLost(cause?: unknown): VisavisError {
  return new VisavisError('camera-lost', 'The camera was disconnected or taken away: connect it, then try again.', { cause });
}

/**
 * Turns what `getUserMedia` rejects with into a VisavisError. Names: Media Capture and Streams, W3C, § 10.3.1
 * (https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia).
 */
export function cameraError(cause: unknown): VisavisError {
  // Not `instanceof`: an element of another window rejects with that window's errors.
  switch ((cause as { name?: unknown } | null | undefined)?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new VisavisError('camera-denied', 'The camera was not allowed: allow it in the browser’s site settings, then try again.', {
        cause,
      });
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new VisavisError('camera-missing', 'No suitable camera was found: connect one, then try again.', { cause });
    case 'NotReadableError':
    case 'AbortError':
      return new VisavisError('camera-busy', 'The camera could not be started: close other programs that use it, then try again.', {
        cause,
      });
    default:
      return new VisavisError('camera-missing', 'The camera could not be opened: check that it is connected and allowed, then try again.', {
        cause,
      });
  }
}
