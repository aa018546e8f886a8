import { describe, expect, it } from 'vitest';
import type { View } from './blendOf.js';
import { PathWatch } from './PathWatch.js';
import { blended, scene, viewed } from './fixtures/syntheticView.js';

/** Whether the way counts: levels of an action, one a frame, of a face with this contrast. */
function arrives(levels: readonly number[], contrasts: readonly number[] = []): boolean {
  const path = new PathWatch(0.14);
  levels.forEach((level, i) => path.observe({ level, contrast: contrasts[i] ?? 0.14, view: null }));
  return path.arrive();
}

describe('the way from rest to a pose', () => {
  it('counts where frames show it on two different parts', () => {
    expect(arrives([0, 0.05, 0.3, 0.8, 1.2, 1.4])).toBe(true);
    expect(arrives([0, 0.25, 0.5, 0.75, 1, 1.05])).toBe(true);
  });

  it('does not count after hard cuts, nor by one picture half-way, however often it is seen', () => {
    expect(arrives([0, 0, 1.4, 1.4])).toBe(false);
    expect(arrives([0, 0.02, 0.7, 0.72, 0.69, 0.71, 0.7, 1.4, 1.4])).toBe(false);
    expect(arrives([0, 0.62, 0.7, 0.76, 0.7, 1.4])).toBe(false);
  });

  it('does not count by frames with less contrast than rest and pose have, as one picture that fades into another', () => {
    const levels = [0, 0.3, 0.8, 1.4, 1.4];
    expect(arrives(levels, [0.14, 0.11, 0.09, 0.12, 0.14])).toBe(false);
    expect(arrives([...levels, 1.4], [0.14, 0.11, 0.09, 0.1, 0.11, 0.14])).toBe(false);
    expect(arrives(levels, [0.14, 0.13, 0.12, 0.11, 0.1])).toBe(true);
  });

  it('has to be come again from rest by whoever was not seen on it', () => {
    const path = new PathWatch(0.14);
    const see = (...levels: number[]) => levels.forEach((level) => path.observe({ level, contrast: 0.14, view: null }));
    see(0, 1.3, 1.4);
    expect([path.arrive(), path.missed]).toEqual([false, true]);
    see(1.4, 0.9, 0.5, 1.2, 1.4);
    expect(path.missed).toBe(true);
    see(0.2);
    expect(path.missed).toBe(false);
    see(0.05, 0.4, 0.9, 1.3, 1.4);
    expect([path.arrive(), path.missed]).toEqual([true, false]);
  });

  it('does not count from before frames went missing', () => {
    const path = new PathWatch(0.14);
    for (const level of [0, 0.3, 0.8]) path.observe({ level, contrast: 0.14, view: null });
    path.restart();
    for (const level of [1.4, 1.4]) path.observe({ level, contrast: 0.14, view: null });
    expect(path.arrive()).toBe(false);
  });

  it('counts where the camera saw a head in between, whatever the speed, and not where pictures fade into each other', () => {
    const sees = (shares: readonly number[], view: (share: number) => View) => {
      const path = new PathWatch(0.14);
      for (const share of shares) path.observe({ level: 1.4 * share, contrast: 0.14, view: view(share) });
      return path.arrive();
    };
    /** Frames on the way, and two in the pose. */
    const shares = (count: number) => [0, ...Array.from({ length: count }, (_, i) => (i + 1) / (count + 1)), 1, 1];
    const moving = (share: number) => viewed(scene(20 * share));
    const [rest, half, pose] = [scene(0), scene(10), scene(20)];
    const fading = (share: number) => viewed(blended(rest, pose, share));
    const fadingTwice = (share: number) => viewed(share < 0.5 ? blended(rest, half, 2 * share) : blended(half, pose, 2 * share - 1));
    for (const count of [2, 4, 9, 30, 90]) {
      expect([count, sees(shares(count), moving)]).toEqual([count, true]);
      expect([count, sees(shares(count), fading)]).toEqual([count, false]);
    }
    for (const count of [9, 30, 90]) expect([count, sees(shares(count), fadingTwice)]).toEqual([count, false]);
    // A picture that stays for two frames is a blend of itself; a camera that delivers each frame twice shows what it saw.
    const noisy = (share: number) => viewed(scene(share < 0.3 ? 0 : share < 0.7 ? 10 : 20));
    expect(sees(shares(9), noisy)).toBe(false);
    const twice = shares(5).flatMap((share) => [share, share]);
    const seen = new Map(twice.map((share) => [share, moving(share)]));
    expect(sees(twice, (share) => seen.get(share)!)).toBe(true);
  });
});
