import type { QualityReason } from './FaceReport.js';

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
 * The SDK's only error class. Branch on `code`, and show `message`, a sentence that says what to do. A caller's mistake (wrong type, value
 * out of range) is a `TypeError` or `RangeError` instead.
 */
export class VisavisError extends Error {
  override readonly name = 'VisavisError';
  readonly code: VisavisErrorCode;
  readonly reasons: readonly QualityReason[];

  constructor(code: VisavisErrorCode, message: string, { cause, reasons }: VisavisErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.reasons = reasons ?? [];
  }
}
