import { expect, it } from 'vitest';
import { viewOf } from '../../ceremony/liveness/viewOf.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import { scaleReport } from './scaleReport.js';

const report = {
  box: { x: 21, y: 11, width: 40, height: 50 },
  landmarks: Object.fromEntries(['rightEye', 'leftEye', 'nose', 'rightMouth', 'leftMouth'].map((name, i) => [name, { x: i, y: 2 * i }])),
  mesh: Float32Array.of(1, 2, 3),
  quality: { eyeDistance: 18, sharpness: 0.5 },
  thumbnail: { width: 64, height: 48, scale: 0.5, data: new Uint8Array(64 * 48) },
} as unknown as FaceReport;

it('gives everything in pixels of the source, so that the face lies where it did in the thumbnail', () => {
  const scaled = scaleReport(report, 3);
  expect(scaled.box).toEqual({ x: 63, y: 33, width: 120, height: 150 });
  expect(scaled.landmarks.leftMouth).toEqual({ x: 12, y: 24 });
  expect([...scaled.mesh]).toEqual([3, 6, 9]);
  expect(scaled.quality).toEqual({ eyeDistance: 54, sharpness: 0.5 });
  const [before, after] = [viewOf(report)!, viewOf(scaled)!];
  for (const side of ['left', 'top', 'right', 'bottom'] as const) expect(after[side]).toBeCloseTo(before[side], 9);
  expect(scaleReport({ ...report, thumbnail: null }, 3).thumbnail).toBeNull();
  expect(scaleReport(report, 1)).toBe(report);
});
