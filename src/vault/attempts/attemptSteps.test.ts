import { describe, expect, it } from 'vitest';
import { bringUpToDate, NO_ATTEMPTS, type AttemptRecord } from './attemptClock.js';
import { DEFAULT_POLICY, waitAfter } from './AttemptPolicy.js';
import { grantAttempt, withdrawAttempt } from './attemptSteps.js';
import { soundRecord } from '../sealed/soundRecord.js';

const at = (failures: number, wait = 0): AttemptRecord => ({ ...NO_ATTEMPTS, failures, wait });
const begin = (record: AttemptRecord, grant: string) => grantAttempt(record, DEFAULT_POLICY, grant);
const withdraw = (record: AttemptRecord, grant: string | null) => withdrawAttempt(record, DEFAULT_POLICY, grant);
const HOUR = 3_600_000;

describe('withdrawAttempt', () => {
  it.each([0, 3, 4, 5, 9, 10, 11])(
    'takes back all that the attempt brought, again and again, after %i failures that were waited out',
    (failures) => {
      let record = at(failures);
      for (let n = 0; n < 5; n++) {
        const begun = begin(record, `${n}`);
        expect(begun).toMatchObject({ failures: failures + 1, wait: waitAfter(failures + 1, DEFAULT_POLICY) });
        record = withdraw(begun, `${n}`);
        expect(record).toMatchObject({ failures, wait: 0 });
      }
    },
  );

  it('takes it back however many looks at the clock lie between, and what is kept stays sound', () => {
    const clocks = { wall: 1_000, monotonic: 1_000 };
    const begun = begin(at(10), 'a');
    const later = bringUpToDate(soundRecord({ ...begun }, DEFAULT_POLICY, clocks), clocks, clocks);
    expect(later).toMatchObject({ failures: 11, wait: HOUR });
    expect(withdraw(later, 'a')).toMatchObject({ failures: 10, wait: 0 });
  });

  it('leaves the wait that another tab’s attempt has brought since', () => {
    // Both begin while failures are free or waited out; the later one fails.
    const both = begin({ ...begin(at(9), 'a'), wait: 0 }, 'b');
    expect(withdraw(both, 'a')).toMatchObject({ failures: 10, wait: HOUR });
    expect(withdraw(withdraw(both, 'a'), 'b')).toMatchObject({ failures: 9, wait: 0 });
    // The count has started anew, and come to the same number.
    const anew = begin({ ...at(4), grant: 'b' }, 'c');
    expect(withdraw(anew, 'a')).toMatchObject({ failures: 4, wait: 5_000 });
  });

  it('opens no lock for who was granted nothing', () => {
    const locked = begin(at(10), 'a');
    expect(begin(locked, 'b')).toBe(locked);
    for (const grant of ['b', null]) expect(withdraw(locked, grant)).toMatchObject({ failures: 10, wait: HOUR });
    // As version 0.4 kept it, or a damaged record reads.
    for (const grant of ['b', null]) expect(withdraw(at(11, HOUR), grant)).toMatchObject({ failures: 10, wait: HOUR });
  });
});
