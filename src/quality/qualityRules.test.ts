import { describe, expect, it } from 'vitest';
import { QUALITY_REASONS } from '../shared/FaceReport.js';
import { QUALITY_RULES, reasonsAgainst, type MeasuredCapture } from './qualityRules.js';

const GOOD: MeasuredCapture = {
  ...{ eyeDistance: 80, margin: 0.5, fill: 0.3, pose: { yaw: 5, pitch: -5, roll: 2 }, certain: true, faceScore: 1 },
  ...{ brightness: 0.5, contrast: 0.2, evenness: 0.9, sharpness: 0.15, flatness: 0.1 },
  ...{ eyesOpen: 0.3, mouthOpen: 0.02, occlusion: 0.02, hidden: { rightEye: 0, leftEye: 0, nose: 0.04, mouth: 0.04 }, score: 0.9 },
};

describe('the table of quality reasons', () => {
  it('has a row for every reason, in its order', () => {
    expect(Object.keys(QUALITY_RULES)).toEqual([...QUALITY_REASONS]);
  });

  it('has nothing against a good capture, and names the most important reason first', () => {
    expect(reasonsAgainst(GOOD, QUALITY_RULES)).toEqual([]);
    expect(reasonsAgainst({ ...GOOD, occlusion: 0.6, brightness: 0.05, margin: -0.5 }, QUALITY_RULES)).toEqual([
      'cut-off',
      'too-dark',
      'covered',
    ]);
  });

  it('tells drawings by how flat they are, the sooner the less sure the mesh is', () => {
    const reasons = (flatness: number, faceScore: number) => reasonsAgainst({ ...GOOD, flatness, faceScore }, QUALITY_RULES);
    expect(reasons(0.7, 1)).toEqual(['not-a-face']);
    expect(reasons(0.3, 1)).toEqual([]);
    expect(reasons(0.3, 0.99)).toEqual(['not-a-face']);
    expect(reasons(0.1, 0.9)).toEqual([]);
  });

  it('takes another reason as one row', () => {
    const rules = { ...QUALITY_RULES, 'eyes-shut': ({ eyesOpen }: MeasuredCapture) => eyesOpen < 0.1 };
    expect(reasonsAgainst(GOOD, rules)).toEqual([]);
    expect(reasonsAgainst({ ...GOOD, eyesOpen: 0.02, sharpness: 0 }, rules)).toEqual(['blurred', 'eyes-shut']);
  });
});
