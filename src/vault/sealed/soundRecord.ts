import type { AttemptPolicy } from '../attempts/AttemptPolicy.js';
import { NO_ATTEMPTS, type AttemptRecord, type Clocks } from '../attempts/attemptClock.js';

/** The record as it was kept. One that is damaged counts as a lock-out that begins now: damage must not be a way around one. */
export function soundRecord(kept: unknown, { lockAfter, lockWait }: AttemptPolicy, { wall, monotonic }: Clocks): AttemptRecord {
  if (kept === undefined) return NO_ATTEMPTS;
  if (isRecord(kept)) return kept;
  return { failures: lockAfter, wait: lockWait, seenAt: wall, latest: wall, tick: monotonic };
}

function isRecord(kept: unknown): kept is AttemptRecord {
  if (typeof kept !== 'object' || kept === null) return false;
  const { failures, wait, seenAt, latest = 0, tick = 0, grant = '' } = kept as Partial<Record<keyof AttemptRecord, unknown>>;
  if (!(Number.isInteger(failures) && (failures as number) >= 0)) return false;
  if (!(typeof wait === 'number' && wait >= 0)) return false; // Infinity is one: until `reset`
  if (typeof grant !== 'string') return false;
  return [seenAt, latest, tick].every(Number.isFinite);
}
