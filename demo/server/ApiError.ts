/** Every code that the server answers with, its status and what it says to a person. */
export const API_ERRORS = {
  'invalid-request': [400, 'The request is not as this server expects it.'],
  'bad-body': [400, 'The request is not as this server expects it.'],
  'bad-key': [400, 'The public key is none that this server accepts.'],
  'name-refused': [400, 'A name takes 1 to 40 letters of one script, digits, spaces, dots, underscores and hyphens.'],
  'no-session': [401, 'You are not signed in.'],
  'unknown-account': [401, 'There is no such account.'],
  'bad-assertion': [401, 'The signed answer is malformed.'],
  'bad-algorithm': [401, 'The answer is not signed the way this server accepts.'],
  'bad-signature': [401, 'The signature does not fit the account’s key.'],
  'foreign-origin': [401, 'The answer was signed for another site.'],
  'wrong-user': [401, 'The answer was signed for another account.'],
  'assertion-expired': [401, 'The answer has expired, or this device’s clock is wrong.'],
  'challenge-unknown': [401, 'The challenge was used already, has expired, or was never given.'],
  'counter-back': [401, 'The key’s counter went back: it may have been copied, or restored from a backup.'],
  'weak-match': [401, 'This server asks for a stricter match.'],
  'own-points': [401, 'This server trusts only the thresholds that visavis ships.'],
  'model-refused': [401, 'This server does not accept that face model.'],
  'points-refused': [401, 'The match was decided at a point that is not the model’s own.'],
  'liveness-missing': [401, 'This server asks for a liveness check just before, and the answer tells of none.'],
  'transaction-mismatch': [401, 'The answer was signed for another transaction.'],
  'key-unknown': [401, 'No such key is registered for this account.'],
  'passkey-refused': [401, 'The passkey’s answer was refused.'],
  'cross-site': [403, 'Requests come from this site’s own pages only.'],
  'not-found': [404, 'There is nothing here.'],
  'name-taken': [409, 'That name is taken, or looks like one that is.'],
  'key-taken': [409, 'This browser’s key has an account already.'],
  'too-many-passkeys': [409, 'This account has as many passkeys as it may.'],
  'too-large': [413, 'The request is too large.'],
  'rate-limited': [429, 'Too many requests: wait a while.'],
  locked: [429, 'Too many wrong tries: this account is locked for a while.'],
  internal: [500, 'The server made a mistake.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** The one shape of all answers that are no success. */
export interface ApiErrorBody {
  readonly error: { readonly code: ApiErrorCode; readonly message: string };
}

/** Ends a request with an error. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ApiErrorCode,
    readonly retryAfterSeconds?: number,
  ) {
    super(API_ERRORS[code][1]);
  }

  get status() {
    return API_ERRORS[this.code][0];
  }

  get body(): ApiErrorBody {
    return { error: { code: this.code, message: this.message } };
  }
}
