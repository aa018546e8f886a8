import { describe, expect, it } from 'vitest';
import { FrameClock } from './FrameClock.js';

describe('the times of frames', () => {
  it('are those that the frames bring', () => {
    const clock = new FrameClock();
    expect([0, 33.4, 1e6].map((time, n) => clock.read(time, n))).toEqual([0, 33.4, 1e6]);
  });

  it('are when the frames arrive, where they bring none, and go on where some did', () => {
    const untimed = new FrameClock();
    expect([500, 530, 530].map((arrived) => untimed.read(undefined, arrived))).toEqual([500, 530, 530]);
    const mixed = new FrameClock();
    expect([mixed.read(9000, 500), mixed.read(9033, 535), mixed.read(null, 570), mixed.read(9100, 600)]).toEqual([9000, 9033, 9068, 9098]);
  });

  it('are never anything that a clock cannot show', () => {
    for (const wrong of [NaN, Infinity, -Infinity, '100', {}, true, 100n]) {
      for (const before of [[], [50]]) {
        const clock = new FrameClock();
        for (const time of before) clock.read(time, 0);
        expect(() => clock.read(wrong, 1)).toThrow(TypeError);
      }
    }
    const clock = new FrameClock();
    clock.read(100, 0);
    for (const wrong of [100, 99.9, -1]) expect(() => clock.read(wrong, 1)).toThrow(/finite number of milliseconds after the 100 /);
  });
});
