import { describe, expect, it } from 'vitest';
import type { LinearRgb } from '../../shared/FaceReport.js';
import { lightAnswer } from './lightAnswer.js';
import { drawColors, LIGHT_COLORS, linearOf, NEUTRAL } from './lightColors.js';
import { lightTrouble } from './LightWatch.js';
import { litBy, type SyntheticLight } from './fixtures/syntheticLight.js';

const COLORS = [NEUTRAL, ...LIGHT_COLORS.slice(0, 5)];
const answerTo = (shown: readonly string[], lit: readonly string[], light: SyntheticLight | ((k: number) => SyntheticLight)) =>
  lightAnswer(shown.map((color, k) => ({ color, light: litBy(lit[k], typeof light === 'function' ? light(k) : light) })));
const answer = (light: SyntheticLight | ((k: number) => SyntheticLight)) => answerTo(COLORS, COLORS, light);

describe('the answer of a face', () => {
  it('is that of a solid head where the front answers more than the sides, in weak light and strong, under any lamp', () => {
    const lamps: LinearRgb[] = [
      [1, 1, 1],
      [1.5, 1, 0.5],
      [0.8, 1, 1.2],
    ];
    for (const room of lamps) {
      for (const strength of [0.1, 0.3, 1]) {
        const measures = answer({ strength, room });
        expect([room, strength, lightTrouble(measures)]).toEqual([room, strength, null]);
        expect(measures.agreement).toBeGreaterThan(0.9);
        expect(measures.relief).toBeGreaterThan(0.2);
      }
    }
    expect(answer({ strength: 0.1 }).strength).toBeCloseTo(0.08, 1);
  });

  it('is not changed by exposure, nor much by a white balance that follows the screen', () => {
    const still = answer({});
    const exposed = answer((k) => ({ gains: [1 + 0.1 * k, 1 + 0.1 * k, 1 + 0.1 * k] }));
    expect(exposed.strength).toBeCloseTo(still.strength, 2);
    expect(exposed.relief).toBeCloseTo(still.relief, 1);
    const balanced = answer((k) => ({ gains: linearOf(COLORS[k]).map((c) => (1 + 0.3 * c) ** -0.4) as unknown as LinearRgb }));
    expect(balanced.strength).toBeLessThan(still.strength);
    expect(lightTrouble(balanced)).toBeNull();
    const slow = answer((k) => ({ gains: [1 + 0.01 * k, 1, 1 - 0.01 * k] }));
    expect(lightTrouble(slow)).toBeNull();
  });

  it('is flat for a print, no-light for a glowing screen and in the sun, wrong-light for a film with other colors', () => {
    expect(lightTrouble(answer({ sides: 1 }))).toBe('flat-light');
    expect(lightTrouble(answer({ strength: 0.02 }))).toBe('no-light');
    expect(lightTrouble(answer({ strength: 0 }))).toBe('no-light');
    const other = [COLORS[0], ...COLORS.slice(1).reverse()];
    expect(lightTrouble(answerTo(COLORS, other, { strength: 0.5 }))).toBe('wrong-light');
  });

  it('of another session’s colors is seldom taken for that of its own', () => {
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
    let taken = 0;
    for (let n = 0; n < 500; n++) {
      const [shown, lit] = [drawColors(random), drawColors(random)];
      if (shown.join() !== lit.join() && !lightTrouble(answerTo([NEUTRAL, ...shown], [NEUTRAL, ...lit], {}))) taken++;
    }
    expect(taken).toBeLessThan(8);
  });

  it('does not break where there is no light at all', () => {
    const dark = { forehead: [0, 0, 0], nose: [0, 0, 0], rightCheek: [0, 0, 0], leftCheek: [0, 0, 0], chin: [0, 0, 0] } as const;
    expect(lightAnswer(COLORS.map((color) => ({ color, light: dark })))).toEqual({ strength: 0, agreement: 0, relief: 0 });
  });
});

describe('the colors', () => {
  it('are drawn without repeating one, every order alike', () => {
    expect(drawColors(() => 0)).toEqual(LIGHT_COLORS.slice(0, 5));
    expect(new Set(drawColors(() => 0.999)).size).toBe(5);
  });

  it('hold no saturated red', () => {
    for (const color of [NEUTRAL, ...LIGHT_COLORS]) {
      const [red, green, blue] = linearOf(color);
      expect([color, red / (red + green + blue) < 0.7]).toEqual([color, true]);
    }
  });
});
