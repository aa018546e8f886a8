import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { awakeTimeout } from './awakeTimeout.js';

/** The clock, without the timers: these see nothing of it until they fire. */
let asleep = 0;
beforeEach(() => {
  asleep = 0;
  vi.useFakeTimers();
  const awake = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => awake() + asleep);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('calls back after the time, once', () => {
  const late = vi.fn();
  awakeTimeout(late, 10_000);
  vi.advanceTimersByTime(9_999);
  expect(late).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(late).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(60_000);
  expect(late).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('can be called off at any time', () => {
  const late = vi.fn();
  const cancel = awakeTimeout(late, 10_000);
  vi.advanceTimersByTime(6000);
  cancel();
  cancel();
  expect(vi.getTimerCount()).toBe(0);
  expect(late).not.toHaveBeenCalled();
});

it.each([0, 4000, 9999])('does not count sleep that begins after %i ms: another part has to pass awake', (awake) => {
  const late = vi.fn();
  awakeTimeout(late, 10_000);
  vi.advanceTimersByTime(awake);
  asleep = 3_600_000;
  vi.advanceTimersByTime(10_000 - awake);
  // The timer of the sleep fires at once; what was waited for has its time after it.
  expect(late).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2499);
  expect(late).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(late).toHaveBeenCalledOnce();
});

it('counts timers that are a little late, as on a busy machine', () => {
  const late = vi.fn();
  awakeTimeout(late, 10_000);
  for (let part = 0; part < 4; part++) {
    asleep += 2000;
    vi.advanceTimersByTime(2500);
  }
  expect(late).toHaveBeenCalledOnce();
});

it('ends even where every timer comes far too late', () => {
  const late = vi.fn();
  awakeTimeout(late, 10_000);
  let parts = 0;
  for (; late.mock.calls.length === 0 && parts < 100; parts++) {
    asleep += 60_000;
    vi.advanceTimersByTime(2500);
  }
  expect(parts).toBe(12);
});
