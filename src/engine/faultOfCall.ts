import type { Backend } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';
import { computesWrongly } from './models/checkGolden.js';

/** What V8, SpiderMonkey and JavaScriptCore say where there is no room. */
const NO_ROOM = /alloc|memory|array (length|size)/i;

/**
 * What a call failed with where the pipeline has no word for it: `bad-image` for what may be the picture's fault, `backend-unavailable` for
 * what is that of the backend. Its cause is an Error.
 */
export function faultOfCall(error: unknown, backend: Backend): VisavisError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const { message } = cause;
  if (!(cause instanceof RangeError)) {
    const advice = backend === 'wasm' ? '' : `, or create a verifier with backend: 'wasm'`;
    return new VisavisError('backend-unavailable', `${backend} failed at this picture (${message}). Try again${advice}.`, { cause });
  }
  // Numbers that are none.
  if (!NO_ROOM.test(message)) return computesWrongly(backend, 'this picture', message, cause);
  return new VisavisError('bad-image', `The picture could not be computed with (${message}): pass another, or a smaller one.`, { cause });
}
