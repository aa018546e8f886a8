import { describe, expect, it } from 'vitest';
import { faceOf } from './fixtures/faceOf.js';
import { headPose } from './headPose.js';

describe('headPose', () => {
  it.each([
    ['frontal', 0, 0, 0],
    ['turned to the subject’s left', 25, 0, 0],
    ['turned to the subject’s right', -25, 0, 0],
    ['looking up', 0, 20, 0],
    ['looking down', 0, -20, 0],
    ['tilted clockwise', 0, 0, 30],
    ['turned and tilted', 20, 0, -15],
  ])('reads a %s head', (_name, yaw, pitch, roll) => {
    const pose = headPose(faceOf({ yaw, pitch, roll }));
    expect(pose.yaw).toBeCloseTo(yaw, 3);
    expect(pose.pitch).toBeCloseTo(pitch, 3);
    expect(pose.roll).toBeCloseTo(roll, 3);
  });

  it('is the same anywhere and at any size', () => {
    const mesh = faceOf({ yaw: 20, pitch: -10, roll: 5 });
    const elsewhere = mesh.map((v, i) => 3 * v + 50 * (i % 3));
    for (const key of ['yaw', 'pitch', 'roll'] as const) expect(headPose(elsewhere)[key]).toBeCloseTo(headPose(mesh)[key], 2);
  });

  it('does not mind the mouth', () => {
    const mesh = faceOf({ yaw: 0, pitch: 0, roll: 0 });
    const open = mesh.slice();
    for (const i of [61, 291, 17, 152]) open[3 * i + 1] += 40;
    expect(headPose(open)).toEqual(headPose(mesh));
  });

  it('averages the trembling of points', () => {
    const spread = (values: number[]) => Math.hypot(...values) / Math.sqrt(values.length);
    const mesh = faceOf({ yaw: 0, pitch: 0, roll: 0 });
    const poses = Array.from({ length: 50 }, (_, seed) => headPose(mesh.map((v, i) => v + Math.sin(12.9898 * (seed + 1) + 78.233 * i))));
    // A wave of one pixel on a face of 90 between the eyes' corners; two points alone would tremble by almost half a degree.
    expect(spread(poses.map(({ roll }) => roll))).toBeLessThan(0.15);
    expect(spread(poses.map(({ yaw }) => yaw))).toBeLessThan(0.4);
  });

  it('is all 0 for a mesh without extent', () => {
    expect(headPose(new Float32Array(468 * 3).fill(7))).toEqual({ yaw: 0, pitch: 0, roll: 0 });
  });
});
