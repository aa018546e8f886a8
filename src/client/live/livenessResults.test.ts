import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LivenessResult } from '../../shared/liveness.js';
import { LIVENESS_LIFETIME } from '../../shared/verification.js';
import { hold, redeem, registerResult } from './livenessResults.js';

const RESTS = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
const result = (passed: boolean): LivenessResult => ({
  passed,
  challenges: ['turn-left', 'blink'],
  done: 2,
  captures: [],
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:09.000Z',
  measures: { frames: 90, interval: 100, parallax: 0.5, light: null, drift: 0.3, restDrift: 0.2, times: [900, 700] },
});

describe('the results of liveness sessions', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('count once', () => {
    const passed = registerResult(result(true), RESTS);
    expect(redeem(passed)).toMatchObject({
      refusal: null,
      rests: RESTS,
      proof: { challenges: ['turn-left', 'blink'], finishedAt: '2026-01-01T00:00:09.000Z' },
    });
    // What the first call compares, and overwrites, is nobody else's.
    expect(redeem(passed)).toMatchObject({ refusal: 'liveness-used', rests: [] });
  });

  it('count again where they were given back, and not where they were used before', () => {
    const passed = registerResult(result(true), RESTS);
    const first = redeem(passed);
    first.giveBack();
    expect(redeem(passed).refusal).toBeNull();
    redeem(passed).giveBack();
    expect(redeem(passed).refusal).toBe('liveness-used');
  });

  it('stay used where a later call, which found them used, gives them back after the first, or before', () => {
    const passed = registerResult(result(true), RESTS);
    const [first, second] = [redeem(passed), redeem(passed)];
    second.giveBack();
    expect(redeem(passed).refusal).toBe('liveness-used');
    first.giveBack();
    second.giveBack();
    expect(redeem(passed).refusal).toBeNull();
  });

  it('count for a call that holds them, however long, and for no other; as before where it gives them back', () => {
    const passed = registerResult(result(true), RESTS);
    const { held, giveBack } = hold(passed);
    expect(redeem(passed)).toMatchObject({ refusal: 'liveness-used', rests: [] });
    expect(redeem(hold(passed).held)).toMatchObject({ refusal: 'liveness-used', rests: [] });
    vi.advanceTimersByTime(LIVENESS_LIFETIME);
    giveBack();
    expect(() => redeem(held)).toThrow(TypeError);
    const again = hold(passed);
    vi.advanceTimersByTime(LIVENESS_LIFETIME);
    expect(redeem(again.held)).toMatchObject({ refusal: null, rests: RESTS });
    again.giveBack();
    expect(redeem(passed).refusal).toBe('liveness-expired');
  });

  it('count for a minute', () => {
    const [soon, late] = [registerResult(result(true), RESTS), registerResult(result(true), RESTS)];
    vi.advanceTimersByTime(LIVENESS_LIFETIME);
    expect(redeem(soon).refusal).toBeNull();
    vi.advanceTimersByTime(1);
    expect(redeem(late).refusal).toBe('liveness-expired');
  });

  it('count for no longer where the device slept meanwhile, or its clock was set', () => {
    for (const away of [LIVENESS_LIFETIME + 1, -LIVENESS_LIFETIME - 1]) {
      const passed = registerResult(result(true), RESTS);
      vi.setSystemTime(Date.now() + away);
      expect(redeem(passed).refusal).toBe('liveness-expired');
    }
  });

  it('do not count where the session was not passed', () => {
    expect(redeem(registerResult(result(false), null)).refusal).toBe('liveness-failed');
  });

  it('cannot be made by hand, nor copied', () => {
    const passed = registerResult(result(true), RESTS);
    for (const fake of [result(true), { ...passed }, null, true]) expect(() => redeem(fake as LivenessResult)).toThrow(TypeError);
  });
});
