import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bringUpToDate } from './attemptClock.js';
import { completePolicy, DEFAULT_POLICY, waitAfter } from './AttemptPolicy.js';

const waiting = { failures: 5, wait: 10_000, seenAt: 1_000_000 };

describe('bringUpToDate', () => {
  it('takes off what both clocks say has passed', () => {
    const last = { wall: 1_000_000, monotonic: 500 };
    expect(bringUpToDate(waiting, { wall: 1_004_000, monotonic: 4_500 }, last).wait).toBe(6_000);
    expect(bringUpToDate(waiting, { wall: 1_020_000, monotonic: 20_500 }, last).wait).toBe(0);
  });

  it('is not shortened by a clock that is set back, nor made endless', () => {
    const back = bringUpToDate(waiting, { wall: 400_000, monotonic: 1_500 }, { wall: 1_000_000, monotonic: 500 });
    expect(back).toEqual({ failures: 5, wait: 10_000, seenAt: 400_000 });
    expect(bringUpToDate(back, { wall: 403_000, monotonic: 4_500 }, { wall: 400_000, monotonic: 1_500 }).wait).toBe(7_000);
  });

  it('is not shortened by a clock that is set on while the page is open', () => {
    const last = { wall: 1_000_000, monotonic: 500 };
    expect(bringUpToDate(waiting, { wall: 9_000_000, monotonic: 1_500 }, last).wait).toBe(9_000);
  });

  it('never lengthens a wait, and never ends one early by the page’s own clock', () => {
    const time = fc.double({ min: 0, max: 1e13, noNaN: true });
    fc.assert(
      fc.property(time, time, time, time, fc.double({ min: 0, max: 1e8, noNaN: true }), (wall, monotonic, earlier, seenAt, wait) => {
        const now = { wall, monotonic: earlier + monotonic };
        const after = bringUpToDate({ failures: 4, wait, seenAt }, now, { wall: seenAt, monotonic: earlier }).wait;
        expect(after).toBeLessThanOrEqual(wait);
        expect(after).toBeGreaterThanOrEqual(Math.max(0, wait - (now.monotonic - earlier)));
      }),
    );
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
  });
});
