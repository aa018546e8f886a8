import { describe, expect, it } from 'vitest';
import { gateWorth } from './gateWorth.js';

const THRESHOLDS = [
  { fmr: 1e-2, threshold: 1.2 },
  { fmr: 1e-3, threshold: 0.5 },
  { fmr: 1e-4, threshold: 0.1 },
];
const at = (degrees: number) => Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

/** Twenty people with three pictures. One in ten has a picture that is far off and refused, one in ten one that is far off and passes. */
const samples = Array.from({ length: 60 }, (_, i) => {
  const [person, picture] = [Math.floor(i / 3), i % 3];
  const off = picture === 2 && person % 5 === 0;
  const refused = off && person % 10 === 0;
  return {
    file: `${i}`,
    identity: `${person}`,
    embedding: at(off ? 60 : 0),
    reasons: refused ? ['blurred', ...(person === 0 ? ['tilted'] : [])] : [],
  };
});
const gate = gateWorth(samples, { thresholds: THRESHOLDS })!;

describe('gateWorth', () => {
  it('counts what is refused and what remains', () => {
    // A picture that is off spoils two of its person's three pairs, at 1 in 1,000 (distance 1) but not at 1 in 100.
    expect(gate).toMatchObject({ pictures: 60, refused: 2, pairs: 60, pairsKept: 56 });
    expect(gate.at.map(({ fmr, before, after }) => [fmr, before, after])).toEqual([
      [1e-2, 0, 0],
      [1e-3, 8 / 60, 4 / 56],
    ]);
    expect(gate.at[1].gain).toBeCloseTo(8 / 60 - 4 / 56, 12);
  });

  it('has intervals of people, paired for the gain', () => {
    for (const { before, after, beforeInterval, afterInterval } of gate.at) {
      for (const [value, range] of [
        [before, beforeInterval],
        [after, afterInterval],
      ] as const) {
        expect(range![0]).toBeLessThanOrEqual(value!);
        expect(range![1]).toBeGreaterThanOrEqual(value!);
      }
    }
    const { gain, gainInterval } = gate.at[1];
    expect(gainInterval![0]).toBeLessThanOrEqual(gain!);
    expect(gainInterval![1]).toBeGreaterThanOrEqual(gain!);
    // In no resample does leaving out two people's bad pictures make errors more frequent.
    expect(gate.at[1].gainInterval![0]).toBeGreaterThanOrEqual(0);
  });

  it('does not take an error that never happened for impossible, and says nothing of a gain there', () => {
    const { before, after, beforeInterval, afterInterval, gain, gainInterval } = gate.at[0];
    expect([before, after, gain]).toEqual([0, 0, 0]);
    for (const range of [beforeInterval, afterInterval]) {
      expect(range![0]).toBe(0);
      expect((1 - range![1]) ** 20).toBeCloseTo(0.025, 3);
    }
    expect(gainInterval).toBeNull();
    const few = gateWorth(samples.slice(0, 27), { thresholds: THRESHOLDS })!.at[1];
    expect(few).toMatchObject({ beforeInterval: [0, 1], afterInterval: [0, 1], gainInterval: null });
  });

  it('knows what refusing as many at random would have done', () => {
    const [low, high] = gate.at[1].random!;
    expect(low).toBeLessThan(8 / 60);
    expect(low).toBeGreaterThanOrEqual(gate.at[1].after!);
    expect(high).toBeGreaterThan(8 / 60);
  });

  it('tells the reasons apart', () => {
    expect(gate.reasons).toEqual([
      { reason: 'blurred', refused: 2, after: [0, 4 / 56] },
      { reason: 'tilted', refused: 1, after: [0, 6 / 58] },
    ]);
  });

  it('gives the same again', () => {
    expect(gateWorth(samples, { thresholds: THRESHOLDS })).toEqual(gate);
  });

  it('has nothing to say without pairs or thresholds, and no rate where nothing passes', () => {
    expect(
      gateWorth(
        samples.filter((_, i) => i % 3 === 0),
        { thresholds: THRESHOLDS },
      ),
    ).toBeNull();
    expect(gateWorth(samples, { thresholds: [{ fmr: 1e-4, threshold: 0.1 }] })).toBeNull();
    const none = gateWorth(
      samples.map((sample) => ({ ...sample, reasons: ['blurred'] })),
      { thresholds: THRESHOLDS },
    )!;
    expect(none.at[1]).toMatchObject({ before: 8 / 60, after: null, afterInterval: null, gain: null, random: null });
    expect(none.pairsKept).toBe(0);
  });
});
