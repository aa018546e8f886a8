/** Every code of this server's own, its status and what it says to a person; `visavis/server` has others (`REFUSALS`). */
export const API_ERRORS = {
  'invalid-request': [400, 'The request is not as this server expects it.'],
  'name-refused': [400, 'A name takes 1 to 40 letters of one script, digits, spaces, dots, underscores and hyphens.'],
  'no-session': [401, 'You are not signed in.'],
  'unknown-account': [401, 'There is no such account.'],
  'passkey-refused': [401, 'The passkey’s answer was refused.'],
  'cross-site': [403, 'Requests come from this site’s own pages only.'],
  'not-found': [404, 'There is nothing here.'],
  'name-taken': [409, 'That name is taken, or looks like one that is.'],
  'too-many-passkeys': [409, 'This account has as many passkeys as it may.'],
  'too-large': [413, 'The request is too large.'],
  'rate-limited': [429, 'Too many requests: wait a while.'],
  internal: [500, 'The server made a mistake.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** Ends a request with an error. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: keyof typeof API_ERRORS,
    readonly retryAfterSeconds?: number,
  ) {
    super(API_ERRORS[code][1]);
  }

  get status() {
    return API_ERRORS[this.code][0];
  }

  /** The one shape of all answers that are no success, here and in the library. */
  get body() {
    return { error: { code: this.code, message: this.message } };
  }
}
