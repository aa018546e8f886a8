import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withinAwakeTime } from './withinAwakeTime.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<never>(() => {});

it('gives what comes in time, and leaves no timer', async () => {
  const late = vi.fn();
  expect(await withinAwakeTime(Promise.resolve(1), 1000, late)).toBe(1);
  expect(await withinAwakeTime(2, 1000, late)).toBe(2);
  await expect(withinAwakeTime(Promise.reject(new Error('broken')), 1000, late)).rejects.toThrow('broken');
  expect(vi.getTimerCount()).toBe(0);
  expect(late).not.toHaveBeenCalled();
});

it('gives, or throws, something else where it takes too long', async () => {
  const given = withinAwakeTime(never, 1000, () => 'late');
  const thrown = expect(
    withinAwakeTime(never, 1000, () => {
      throw new Error('late');
    }),
  ).rejects.toThrow('late');
  await vi.advanceTimersByTimeAsync(999);
  expect(await Promise.race([given, Promise.resolve('waiting')])).toBe('waiting');
  await vi.advanceTimersByTimeAsync(1);
  expect(await given).toBe('late');
  await thrown;
  expect(vi.getTimerCount()).toBe(0);
});

it('is not disturbed by what is rejected afterwards', async () => {
  let fail = (_error: Error) => {};
  const given = withinAwakeTime(new Promise<never>((_, reject) => (fail = reject)), 1000, () => null);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await given).toBeNull();
  fail(new Error('nobody waits for this any more'));
  await vi.advanceTimersByTimeAsync(1);
});
