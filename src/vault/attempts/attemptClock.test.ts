import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bringUpToDate, NO_ATTEMPTS, type AttemptRecord, type Clocks } from './attemptClock.js';
import { completePolicy, DEFAULT_POLICY, waitAfter } from './AttemptPolicy.js';
import { soundRecord } from '../sealed/soundRecord.js';

const waiting = { failures: 5, wait: 10_000, seenAt: 1_000_000, latest: 1_000_000, tick: 1_000_500 };
const at = (wall: number, monotonic: number) => ({ wall, monotonic });

describe('bringUpToDate', () => {
  it('takes off what both clocks say has passed', () => {
    const last = at(1_000_000, 1_000_500);
    expect(bringUpToDate(waiting, at(1_004_000, 1_004_500), last).wait).toBe(6_000);
    expect(bringUpToDate(waiting, at(1_020_000, 1_020_500), last).wait).toBe(0);
    expect(bringUpToDate(waiting, at(1_004_000, 1_004_500), null).wait).toBe(6_000);
  });

  it('is not shortened by a clock that is set back, nor made endless', () => {
    const back = bringUpToDate(waiting, at(400_000, 1_001_500), at(1_000_000, 1_000_500));
    expect(back).toEqual({ failures: 5, wait: 10_000, seenAt: 400_000, latest: 1_000_000, tick: 1_001_500 });
    expect(bringUpToDate(back, at(403_000, 1_004_500), at(400_000, 1_001_500)).wait).toBe(7_000);
  });

  it('is not shortened by a clock that is set back and then right again, in a page or another', () => {
    const back = bringUpToDate(waiting, at(400_000, 1_001_500), at(1_000_000, 1_000_500));
    expect(bringUpToDate(back, at(1_002_000, 1_002_500), at(400_000, 1_001_500)).wait).toBe(9_000);
    // Another page, of another process, whose own clock is no help: only what is beyond the latest time counts.
    expect(bringUpToDate(back, at(1_002_000, 9_000_000), null).wait).toBe(8_000);
  });

  it('is not shortened by a clock that is set on while the page is open, nor for another page of the same browser', () => {
    expect(bringUpToDate(waiting, at(9_000_000, 1_001_500), at(1_000_000, 1_000_500)).wait).toBe(9_000);
    expect(bringUpToDate(waiting, at(9_000_000, 1_001_500), null).wait).toBe(9_000);
  });

  it('reads records of version 0.4', () => {
    const old = { failures: 5, wait: 10_000, seenAt: 1_000_000 };
    expect(bringUpToDate(old, at(1_004_000, 7), null)).toEqual({ failures: 5, wait: 6_000, seenAt: 1_004_000, latest: 1_004_000, tick: 7 });
  });

  it('lets no page of a running browser wait less than the time that passes, however the wall clock is set, nor for ever', () => {
    const pause = fc.integer({ min: 0, max: 3_000 });
    const set = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -1e10, max: 1e10 }) });
    const look = fc.record({ pause, set, page: fc.nat(2), opened: fc.boolean() });
    fc.assert(
      fc.property(fc.array(look, { maxLength: 40 }), (looks) => {
        let [time, offset] = [0, 1e12];
        let record: AttemptRecord = { failures: 4, wait: 10_000, seenAt: 1e12, latest: 1e12, tick: 0 };
        const pages = new Map<number, Clocks>();
        const see = (page: number) => {
          const now = at(time + offset, time);
          record = bringUpToDate(record, now, pages.get(page) ?? null);
          pages.set(page, now);
        };
        for (const { pause, set, page, opened } of looks) {
          time += pause;
          offset += set;
          if (opened) pages.delete(page);
          see(page);
          expect(record.wait).toBeGreaterThanOrEqual(10_000 - time);
        }
        for (let i = 0; i < 11; i++) {
          time += 1_000;
          see(0);
        }
        expect(record.wait).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('soundRecord', () => {
  const now = at(5_000, 700);

  it('takes a damaged record for a lock-out that begins now', () => {
    const damaged = [
      ...[
        null,
        7,
        'x',
        {},
        { failures: 1, wait: 0 },
        { failures: 50, wait: Number.NaN, seenAt: 0 },
        { failures: -1e9, wait: 0, seenAt: 0 },
      ],
      ...[
        { failures: 'x', wait: 'x', seenAt: 'x' },
        { failures: 1, wait: -5, seenAt: 0 },
        { ...waiting, tick: Infinity },
      ],
    ];
    const locked = { failures: 10, wait: 3_600_000, seenAt: 5_000, latest: 5_000, tick: 700 };
    for (const kept of damaged) expect(soundRecord(kept, DEFAULT_POLICY, now)).toEqual(locked);
  });

  it('leaves the others alone', () => {
    expect(soundRecord(undefined, DEFAULT_POLICY, now)).toBe(NO_ATTEMPTS);
    for (const kept of [waiting, { failures: 9, wait: Infinity, seenAt: 1 }]) expect(soundRecord(kept, DEFAULT_POLICY, now)).toBe(kept);
  });
});

describe('waitAfter', () => {
  it('is free at first, doubles, is bounded, and becomes the lock-out', () => {
    const waits = Array.from({ length: 12 }, (_, failures) => waitAfter(failures, DEFAULT_POLICY) / 1000);
    expect(waits).toEqual([0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 3600, 3600]);
    expect(waitAfter(60, { ...DEFAULT_POLICY, lockAfter: 100 })).toBe(300_000);
  });

  it('refuses policies that are none', () => {
    expect(() => completePolicy({ free: -1 })).toThrow(RangeError);
    expect(() => completePolicy({ lockWait: Number.NaN })).toThrow(RangeError);
    expect(completePolicy({ lockWait: Infinity }).lockWait).toBe(Infinity);
    expect(completePolicy({ free: undefined, lockAfter: 4 })).toEqual({ ...DEFAULT_POLICY, lockAfter: 4 });
  });
});
