import type { QualityReason } from './FaceReport.js';
import { withoutPage, withPage } from './pageOfError.js';

/** Every code that a {@link VisavisError} can carry. */
export const ERROR_CODES = [
  'no-face',
  'several-faces',
  'low-quality',
  /** An enrollment asked for a liveness session, which was not passed. */
  'liveness-failed',
  'camera-denied',
  'camera-missing',
  'camera-busy',
  'camera-lost',
  'model-missing',
  'model-corrupt',
  /** A file of another framework cannot be imported: the message names the layer, tensor or byte. */
  'import-failed',
  'backend-unavailable',
  'bad-image',
  'template-invalid',
  'template-incompatible',
  /** A vault or an exported file was opened without its second lock, or with the wrong one. */
  'vault-locked',
  'vault-unavailable',
  /** `signChallenge` was called too long after the match. */
  'match-expired',
  /** The device key is no longer there. */
  'key-missing',
  'aborted',
  'disposed',
] as const;

export type VisavisErrorCode = (typeof ERROR_CODES)[number];

export interface VisavisErrorOptions {
  cause?: unknown;
  /** With `low-quality`: why the capture was refused. */
  reasons?: readonly QualityReason[];
}

/**
 * The SDK's only error class. Branch on `code`, and show people `plainMessage`, a sentence that says what to do; `message` is the same for
 * developers, and ends with where the code is explained. A caller's mistake (wrong type, value out of range) is a `TypeError` or `RangeError`
 * instead.
 */
export class VisavisError extends Error {
  override readonly name = 'VisavisError';
  readonly code: VisavisErrorCode;
  readonly reasons: readonly QualityReason[];
  /** What happened and what to do, without where to read more: for people. */
  readonly plainMessage: string;

  constructor(code: VisavisErrorCode, message: string, { cause, reasons }: VisavisErrorOptions = {}) {
    const plainMessage = withoutPage(message);
    super(withPage(plainMessage, code), cause === undefined ? undefined : { cause });
    this.code = code;
    this.plainMessage = plainMessage;
    this.reasons = reasons ?? [];
  }
}
