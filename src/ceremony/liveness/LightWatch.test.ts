import { expect, it } from 'vitest';
import { LIGHT_COLORS, NEUTRAL } from './lightColors.js';
import { LightWatch } from './LightWatch.js';
import { readFace } from './readFace.js';
import { syntheticFace } from './fixtures/syntheticFace.js';
import { litBy } from './fixtures/syntheticLight.js';

const COLORS = LIGHT_COLORS.slice(0, 5);
const REST = readFace(syntheticFace());

/** What was shown when, until the answer was found. */
function watch(step: number, yaw: (time: number) => number = () => 0) {
  const lighting = new LightWatch(COLORS, REST, 0);
  const shown = [{ color: lighting.color, at: 0 }];
  for (let time = step; time < 20_000; time += step) {
    // The screen and the camera are late by a frame.
    const face = syntheticFace({ light: litBy(lighting.color), yaw: yaw(time) });
    const before = lighting.progress(time);
    const measures = lighting.observe(face, readFace(face), time);
    if (measures) return { shown, measures, time };
    expect(lighting.progress(time)).toBeGreaterThanOrEqual(before - 1e-9);
    if (lighting.color !== shown.at(-1)!.color) shown.push({ color: lighting.color, at: time });
  }
  return { shown, measures: null, time: Infinity };
}

it('shows a neutral light and every color, for a second each, at any pace of frames', () => {
  for (const step of [33, 100, 200, 400]) {
    const { shown, measures, time } = watch(step);
    expect(shown.map(({ color }) => color)).toEqual([NEUTRAL, ...COLORS]);
    shown.slice(1).forEach(({ at }, k) => expect(at - shown[k].at).toBeGreaterThanOrEqual(1000));
    expect(time).toBeLessThan(step === 400 ? 10_000 : 7300);
    expect(measures!.agreement).toBeGreaterThan(0.9);
  }
});

it('waits for a head that looks away', () => {
  const { shown, measures } = watch(100, (time) => (time > 1200 && time < 4000 ? 25 : 0));
  expect(shown[2].at).toBeGreaterThan(4000);
  expect(measures).not.toBeNull();
});
