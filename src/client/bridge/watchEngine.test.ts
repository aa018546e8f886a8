import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { REPLY_TICKS, SILENCE_TICKS, TICK_MS, watchEngine } from './watchEngine.js';

describe('watchEngine', () => {
  const onLost = vi.fn();
  const pass = (ticks: number) => vi.advanceTimersByTimeAsync(ticks * TICK_MS);

  beforeEach(() => {
    vi.useFakeTimers();
    onLost.mockReset();
  });
  afterEach(() => vi.useRealTimers());

  it('tells when pings are not answered, once', async () => {
    watchEngine(() => new Promise(() => undefined), REPLY_TICKS, onLost);
    await pass(SILENCE_TICKS);
    expect(onLost).not.toHaveBeenCalled();
    await pass(1 + SILENCE_TICKS);
    expect(onLost.mock.calls).toEqual([['it has not answered for 60 s']]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is patient with an engine whose loop turns late, again and again', async () => {
    const late = () => new Promise((resolve) => setTimeout(resolve, (SILENCE_TICKS - 2) * TICK_MS));
    const watch = watchEngine(late, REPLY_TICKS, onLost);
    await pass(20 * SILENCE_TICKS);
    expect(onLost).not.toHaveBeenCalled();
    watch.stop();
  });

  it('tells when pings are answered and the call is not', async () => {
    watchEngine(() => Promise.resolve(), REPLY_TICKS, onLost);
    await pass(REPLY_TICKS - 1);
    expect(onLost).not.toHaveBeenCalled();
    await pass(1);
    expect(onLost.mock.calls).toEqual([['it runs, but has not replied to a call for 120 s']]);
  });

  it('takes progress for a sign of life', async () => {
    const watch = watchEngine(() => Promise.resolve(), REPLY_TICKS, onLost);
    for (let i = 0; i < 5; i++) {
      await pass(REPLY_TICKS - 1);
      watch.progress();
    }
    expect(onLost).not.toHaveBeenCalled();
    watch.stop();
    await pass(10 * REPLY_TICKS);
    expect(onLost).not.toHaveBeenCalled();
  });

  it('sends one ping at a time', async () => {
    const ping = vi.fn(() => new Promise(() => undefined));
    watchEngine(ping, REPLY_TICKS, onLost);
    await pass(SILENCE_TICKS);
    expect(ping).toHaveBeenCalledTimes(1);
  });
});
