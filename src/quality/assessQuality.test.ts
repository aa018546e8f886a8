import { describe, expect, it } from 'vitest';
import { assessQuality as assess, type CaptureGeometry } from './assessQuality.js';
import { readOcclusionNetwork } from './occlusionNetwork.js';
import { OCCLUSION_WEIGHTS } from './occlusionWeights.js';
import { QUALITY_LIMITS } from './qualityRules.js';

const NETWORK = readOcclusionNetwork(OCCLUSION_WEIGHTS);
const assessQuality = (geometry: CaptureGeometry, picture: Float32Array) => assess(geometry, picture, NETWORK);

const SIZE = 160;
const GOOD: CaptureGeometry = {
  box: { x: 220, y: 100, width: 200, height: 260 },
  landmarks: {
    rightEye: { x: 270, y: 180 },
    leftEye: { x: 370, y: 180 },
    nose: { x: 320, y: 230 },
    rightMouth: { x: 285, y: 290 },
    leftMouth: { x: 355, y: 290 },
  },
  pose: { yaw: 0, pitch: 0, roll: 0 },
  faceScore: 1,
  certain: true,
  mesh: new Float32Array(468 * 3),
  width: 640,
  height: 480,
};
/** A crop from a function of x and y (0 … 1) to luminance (0 … 1). */
const crop = (luminance: (x: number, y: number) => number) =>
  Float32Array.from(
    { length: SIZE * SIZE * 3 },
    (_, i) => 2 * luminance((Math.floor(i / 3) % SIZE) / SIZE, Math.floor(i / 3 / SIZE) / SIZE) - 1,
  );
/** A face-like picture: blobs with edges. */
const textured =
  (mean: number, swing = 0.15) =>
  (x: number, y: number) =>
    mean + swing * Math.sign(Math.sin(40 * x) * Math.sin(40 * y));

/** Without `covered` and `not-a-face`: these patterns are no faces, and are found to be none. */
const reasonsOf = (geometry: Partial<CaptureGeometry>, picture = crop(textured(0.5))) =>
  assessQuality({ ...GOOD, ...geometry }, picture).reasons.filter((reason) => reason !== 'covered' && reason !== 'not-a-face');

describe('assessQuality', () => {
  it('has nothing against a good capture, and measures it', () => {
    const quality = assessQuality(GOOD, crop(textured(0.5)));
    expect(reasonsOf({})).toEqual([]);
    expect(quality.eyeDistance).toBe(100);
    expect(quality.margin).toBeCloseTo(0.5, 6);
    expect(quality.brightness).toBeCloseTo(0.5, 1);
    expect(quality.contrast).toBeCloseTo(0.15, 2);
    expect(quality.evenness).toBeGreaterThan(0.9);
  });

  it('takes what a webcam gives: a face a meter away, looking at the screen below the camera', () => {
    const eyes = { ...GOOD.landmarks, rightEye: { x: 300, y: 180 }, leftEye: { x: 340, y: 180 } };
    expect(reasonsOf({ landmarks: eyes, pose: { yaw: 20, pitch: -15, roll: 20 } }, crop(textured(0.3)))).toEqual([]);
  });

  it('takes a face that is upside down in the picture, as far from that as from upright', () => {
    const reasonsAt = (roll: number) => reasonsOf({ pose: { yaw: 0, pitch: 0, roll } });
    for (const roll of [180, -180, 150, -150]) expect(reasonsAt(roll)).toEqual([]);
    for (const roll of [90, -90, 60, 120, -140]) expect(reasonsAt(roll)).toEqual(['tilted']);
  });

  it('calls a face covered that lies behind a pattern, last', () => {
    const { occlusion, hidden, reasons } = assessQuality({ ...GOOD, pose: { yaw: 0, pitch: 0, roll: 45 } }, crop(textured(0.5)));
    expect(occlusion).toBeGreaterThan(QUALITY_LIMITS.maxOcclusion);
    expect(occlusion).toBeCloseTo((hidden.rightEye + hidden.leftEye + hidden.nose + hidden.mouth) / 4, 6);
    expect(reasons.filter((reason) => reason !== 'not-a-face')).toEqual(['tilted', 'covered']);
  });

  it('names what is wrong', () => {
    const eyes = (distance: number) => ({ ...GOOD.landmarks, rightEye: { x: 320, y: 180 }, leftEye: { x: 320 + distance, y: 180 } });
    expect(reasonsOf({ landmarks: eyes(20) })).toEqual(['too-far']);
    expect(reasonsOf({ box: { x: 10, y: 0, width: 620, height: 480 } })).toEqual(['too-close']);
    expect(reasonsOf({ box: { x: -50, y: 100, width: 200, height: 260 } })).toEqual(['cut-off']);
    expect(reasonsOf({ pose: { yaw: 35, pitch: 0, roll: 0 } })).toEqual(['turned-away']);
    expect(reasonsOf({ pose: { yaw: 0, pitch: -25, roll: 0 } })).toEqual(['turned-away']);
    expect(reasonsOf({ pose: { yaw: 0, pitch: 0, roll: 45 } })).toEqual(['tilted']);
    expect(reasonsOf({ certain: false })).toEqual(['tilted']);
    expect(reasonsOf({}, crop(textured(0.1, 0.06)))).toEqual(['too-dark']);
    expect(reasonsOf({}, crop(textured(0.93, 0.06)))).toEqual(['too-bright']);
    expect(
      reasonsOf(
        {},
        crop((x, y) => textured(0.5)(x, y) * (x < 0.5 ? 0.3 : 1)),
      ),
    ).toEqual(['side-light']);
    expect(
      reasonsOf(
        {},
        crop(() => 0.5),
      ),
    ).toEqual(['low-contrast', 'blurred']);
    expect(
      reasonsOf(
        {},
        crop((_x, y) => 0.25 + 0.5 * y),
      ),
    ).toEqual(['blurred']);
  });
});
