import { VisavisError } from '../../shared/VisavisError.js';

const LOST =
  'the browser closed its database and couldn’t reopen it, or has none in this window. Reload the page; if that doesn’t help, use a regular (not private) window';

/**
 * What to do about the exceptions of IndexedDB, by name (Indexed Database API 3.0, section 3.3 "Exceptions", and HTML for `SecurityError`).
 * Those that are left out, such as `DataError`, mean a database that is damaged or not ours.
 */
const ADVICE: Readonly<Record<string, string>> = {
  QuotaExceededError: 'there’s no room left for this site’s data. Free up space on the device, then try again',
  VersionError: 'a newer version of this page has already changed its database. Reload the page',
  NotReadableError: 'the browser can’t read its database. Delete this site’s data in the browser’s settings, then enroll again',
  SecurityError: 'the browser blocks this site’s data. Allow it in the browser’s settings, or use a regular (not private) window',
  TimeoutError: 'its database doesn’t answer, probably because of another tab. Close this site’s other tabs, then try again',
  AbortError: LOST,
  InvalidStateError: LOST,
  UnknownError: LOST,
};

const OTHERWISE =
  'this browser window has no database, or a damaged one. Reload the page, or delete this site’s data in the browser’s settings';

/**
 * The typed error for what IndexedDB threw. Errors of visavis pass as they are. Never throws, whatever `cause` is.
 * @param what the start of a sentence, such as `Templates can’t be kept`
 */
export function storageError(cause: unknown, what: string): VisavisError {
  if (cause instanceof VisavisError) return cause;
  const name = nameOf(cause);
  return new VisavisError('vault-unavailable', `${what}: ${Object.hasOwn(ADVICE, name) ? ADVICE[name]! : OTHERWISE}.`, { cause });
}

/**
 * Whether the connection to a database is gone while the database may well be there: the browser closed it (a page in the background, the
 * site's data deleted, a crash of the storage process), or another tab asked for it. Opening it again is worth a try.
 */
export function isConnectionLost(cause: unknown): boolean {
  return ['InvalidStateError', 'AbortError', 'UnknownError'].includes(nameOf(cause));
}

function nameOf(cause: unknown): string {
  return cause instanceof Error || cause instanceof DOMException ? cause.name : '';
}
