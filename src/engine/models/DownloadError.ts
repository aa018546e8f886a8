import type { Refusal } from '../../shared/Answer.js';

/** Statuses after which the next try may well succeed; every other one is the server's last word. */
const PASSING = new Set([408, 429]);

/** A file that did not arrive. The message is half a sentence that says why, such as "the server answered 503". */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';

  private constructor(
    reason: string,
    /** Whether another try may help. */
    readonly passing: boolean,
    /** Milliseconds that the server asks to wait before the next try; null where it asks for nothing. */
    readonly retryAfter: number | null,
    /** Whether the server answered at all. */
    readonly answered: boolean,
    cause?: unknown,
  ) {
    super(reason, cause === undefined ? undefined : { cause });
  }

  static ofStatus({ status, retryAfter }: Refusal): DownloadError {
    return new DownloadError(`the server answered ${status}`, PASSING.has(status) || status >= 500, waitOf(retryAfter), true);
  }

  /** No connection, or one that broke. */
  static ofConnection(cause: unknown): DownloadError {
    return new DownloadError(`the connection failed (${cause instanceof Error ? cause.message : String(cause)})`, true, null, false, cause);
  }

  static ofSilence(ms: number): DownloadError {
    return new DownloadError(`no byte came for ${ms / 1000} s`, true, null, false);
  }
}

/** `Retry-After`, seconds or a date, in milliseconds from now. */
function waitOf(text: string | null): number | null {
  if (text === null) return null;
  const ms = /^\s*\d+\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
