import type { QualityReason } from './FaceReport.js';
import { VisavisError, type VisavisErrorCode } from './VisavisError.js';

/** An error as plain data that structured cloning preserves. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly code?: VisavisErrorCode;
  readonly reasons?: readonly QualityReason[];
  readonly cause?: ErrorData;
}

export function toErrorData(error: unknown): ErrorData {
  if (error instanceof VisavisError) {
    const { name, message, code, reasons, cause } = error;
    return { name, message, code, reasons, ...(cause === undefined ? {} : { cause: toErrorData(cause) }) };
  }
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}

export function fromErrorData(data: ErrorData): Error {
  const cause = data.cause && fromErrorData(data.cause);
  if (data.code) return new VisavisError(data.code, data.message, { cause, reasons: data.reasons });
  if (data.name === 'TypeError') return new TypeError(data.message);
  if (data.name === 'RangeError') return new RangeError(data.message);
  const error = new Error(data.message);
  error.name = data.name;
  return error;
}
