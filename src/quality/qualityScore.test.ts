import { describe, expect, it } from 'vitest';
import { eyeOpenness } from './eyeOpenness.js';
import { mouthOpenness } from './mouthOpenness.js';
import { qualityScore, type Scored } from './qualityScore.js';

const GOOD: Scored = { sharpness: 0.2, evenness: 0.95, mouthOpen: 0, occlusion: 0, pose: { yaw: 2, pitch: 3, roll: 0 } };

/** A mesh whose named points lie at these places. */
function meshOf(points: Record<number, readonly [number, number, number]>): Float32Array {
  const mesh = new Float32Array(468 * 3);
  for (const [i, point] of Object.entries(points)) mesh.set(point, 3 * Number(i));
  return mesh;
}

/** A right eye 30 wide whose lids are `gap` apart, and a left eye half as far open, turned away by an angle. */
function eyes(gap: number, angle = 0): Float32Array {
  const turn = (x: number, y: number): [number, number, number] => [x * Math.cos(angle), y, x * Math.sin(angle)];
  return meshOf({
    ...{
      33: turn(0, 0),
      133: turn(30, 0),
      160: turn(10, -gap / 2),
      144: turn(10, gap / 2),
      158: turn(20, -gap / 2),
      153: turn(20, gap / 2),
    },
    ...{
      263: turn(90, 0),
      362: turn(60, 0),
      387: turn(80, -gap / 4),
      373: turn(80, gap / 4),
      385: turn(70, -gap / 4),
      380: turn(70, gap / 4),
    },
  });
}

describe('eyeOpenness', () => {
  it('is the lids’ distance over the width of each eye, also of a turned head', () => {
    for (const angle of [0, 0.6]) {
      const { right, left } = eyeOpenness(eyes(9, angle));
      expect(right).toBeCloseTo(0.3, 5);
      expect(left).toBeCloseTo(0.15, 5);
    }
  });

  it('is 0 for closed eyes and for a mesh without extent', () => {
    expect(eyeOpenness(eyes(0))).toEqual({ right: 0, left: 0 });
    expect(eyeOpenness(new Float32Array(468 * 3))).toEqual({ right: 0, left: 0 });
  });
});

describe('mouthOpenness', () => {
  it('is the gap over the width', () => {
    expect(mouthOpenness(meshOf({ 78: [0, 0, 0], 308: [40, 0, 0], 13: [20, -5, 0], 14: [20, 5, 0] }))).toBeCloseTo(0.25, 6);
    expect(mouthOpenness(new Float32Array(468 * 3))).toBe(0);
  });
});

describe('qualityScore', () => {
  it('is 1 for a capture that is good in every way', () => {
    expect(qualityScore(GOOD)).toBeCloseTo(1, 9);
  });

  it('falls with each measure, and stays above 0', () => {
    const worse: Partial<Scored>[] = [
      { sharpness: 0.08 },
      { occlusion: 0.05 },
      { evenness: 0.6 },
      { mouthOpen: 0.4 },
      { pose: { yaw: -25, pitch: 0, roll: 0 } },
      { pose: { yaw: 0, pitch: 25, roll: 0 } },
    ];
    for (const part of worse) expect(qualityScore({ ...GOOD, ...part })).toBeLessThan(0.95);
    const worst = qualityScore({ sharpness: 0, evenness: 0, mouthOpen: 2, occlusion: 0.4, pose: { yaw: 90, pitch: 0, roll: 0 } });
    expect(worst).toBeCloseTo(0.02, 6);
  });

  it('takes what is no number for bad', () => {
    expect(qualityScore({ ...GOOD, sharpness: NaN })).toBeCloseTo(0.02 ** 0.2, 6);
  });
});
