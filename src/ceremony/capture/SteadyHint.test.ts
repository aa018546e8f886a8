import { describe, expect, it } from 'vitest';
import { SteadyHint } from './SteadyHint.js';

type Hint = 'closer' | 'light';

describe('SteadyHint', () => {
  it('shows a hint once it has lasted, and not one that flickers', () => {
    const steady = new SteadyHint<Hint>();
    steady.reset(0);
    const shown = [0, 100, 200, 300, 400, 500].map((now) => steady.offer('closer', now));
    expect(shown).toEqual([null, null, null, null, 'closer', 'closer']);
    const other = new SteadyHint<Hint>();
    other.reset(0);
    for (let now = 0; now < 3000; now += 100) expect(other.offer(now % 200 === 0 ? 'closer' : 'light', now)).toBeNull();
  });

  it('stays long enough to be read, then gives way to what has lasted', () => {
    const steady = new SteadyHint<Hint>();
    steady.reset(0);
    steady.offer('closer', 0);
    expect(steady.offer('closer', 400)).toBe('closer');
    expect(steady.offer(null, 500)).toBe('closer');
    expect(steady.offer(null, 1500)).toBe('closer');
    expect(steady.offer(null, 1600)).toBeNull();
    steady.offer('light', 1700);
    expect(steady.offer('light', 2100)).toBe('light');
  });

  it('goes at once with a new prompt', () => {
    const steady = new SteadyHint<Hint>();
    steady.reset(0);
    steady.offer('closer', 0);
    steady.offer('closer', 400);
    steady.reset(450);
    expect(steady.offer('closer', 460)).toBeNull();
  });
});
