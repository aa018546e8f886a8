import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { visibleTimeout } from './visibleTimeout.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('visibleTimeout', () => {
  it('calls back once, after that time', () => {
    const late = vi.fn();
    visibleTimeout(late, 1000);
    vi.advanceTimersByTime(999);
    expect(late).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(late).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not count time in the background', () => {
    const page = { hidden: true };
    vi.stubGlobal('document', page);
    const late = vi.fn();
    visibleTimeout(late, 1000);
    vi.advanceTimersByTime(600_000);
    expect(late).not.toHaveBeenCalled();
    page.hidden = false;
    vi.advanceTimersByTime(1000);
    expect(late).toHaveBeenCalledOnce();
  });

  it('can be called off', () => {
    const late = vi.fn();
    visibleTimeout(late, 1000)();
    vi.advanceTimersByTime(60_000);
    expect(late).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
