import { VisavisError } from '../../shared/VisavisError.js';

/** The error for a picture that the browser shows but does not let pages read. */
export function foreignPicture(cause: unknown): VisavisError {
  const advice = 'load it with crossorigin="anonymous" from a server that sends CORS headers.';
  return new VisavisError('bad-image', `The picture comes from another origin, which did not allow reading it: ${advice}`, { cause });
}
