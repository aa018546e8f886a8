import type { AttemptRecord } from './attemptClock.js';
import { waitAfter, type AttemptPolicy } from './AttemptPolicy.js';

/** The record once an attempt is granted, which counts as failed; the same record where it has to wait. @param grant a name of its own */
export function grantAttempt(record: AttemptRecord, policy: AttemptPolicy, grant: string): AttemptRecord {
  if (record.wait > 0) return record;
  const failures = record.failures + 1;
  return { ...record, failures, wait: waitAfter(failures, policy), grant };
}

/**
 * The record once an attempt is taken back. Nothing was left to wait for when it was granted, so nothing is now, unless another attempt was
 * granted since: what that one has brought stays. @param grant the attempt's name; null where it is not known
 */
export function withdrawAttempt(record: AttemptRecord, policy: AttemptPolicy, grant: string | null): AttemptRecord {
  const failures = Math.max(0, record.failures - 1);
  const wait = record.grant !== undefined && record.grant === grant ? 0 : Math.min(record.wait, waitAfter(failures, policy));
  return { ...record, failures, wait };
}
