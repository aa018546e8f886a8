import { describe, expect, it } from 'vitest';
import type { FaceReport } from '../shared/FaceReport.js';
import { FaceTracker } from './FaceTracker.js';

const VGA = { width: 640, height: 480 };

/** A face whose mesh is a square of `width` pixels. */
function face(x: number, { y = 100, width = 100, score = 1 } = {}): FaceReport {
  const eye = (share: number) => ({ x: x + share * width, y: y + 0.4 * width });
  const mesh = Float32Array.of(x, y, 0, x + width, y + width, 0);
  const landmarks = { rightEye: eye(0.3), leftEye: eye(0.7), nose: eye(0.5), rightMouth: eye(0.4), leftMouth: eye(0.6) };
  return { box: { x, y, width, height: width }, mesh, landmarks, score } as FaceReport;
}

function following(...faces: FaceReport[]): FaceTracker {
  const tracker = new FaceTracker();
  tracker.remember(1, VGA, faces, 0, true);
  return tracker;
}

describe('FaceTracker', () => {
  it('tells where to look in the next frame of the same stream, soon, at the same size', () => {
    const tracker = following(face(200));
    expect(tracker.next(1, VGA, 100)).toMatchObject([{ side: 92 }]);
    expect(tracker.next(2, VGA, 100)).toBeNull();
    expect(tracker.next(1, { width: 480, height: 640 }, 100)).toBeNull();
    expect(tracker.next(1, VGA, 1500)).toBeNull();
    expect(new FaceTracker().next(1, VGA, 0)).toBeNull();
    expect(following().next(1, VGA, 10)).toBeNull();
  });

  it('sends the detector out again after ten followed frames', () => {
    const tracker = following(face(200));
    for (let i = 1; i <= 10; i++) {
      expect(tracker.next(1, VGA, i)).not.toBeNull();
      tracker.remember(1, VGA, [face(200)], i, false);
    }
    expect(tracker.next(1, VGA, 11)).toBeNull();
    tracker.remember(1, VGA, [face(200)], 11, true);
    expect(tracker.next(1, VGA, 12)).not.toBeNull();
  });

  it.each<[string, (FaceReport | null)[], boolean]>([
    ['a face that moved a little', [face(220), face(400)], true],
    ['a face that was lost', [null, face(400)], false],
    ['a face that jumped', [face(280), face(400)], false],
    ['a face that is no longer sure', [face(200, { score: 0.7 }), face(400)], false],
    ['a face twice', [face(300, { width: 200 }), face(310, { width: 200 })], false],
  ])('judges %s', (_, followed, same) => {
    const tracker = following(face(200), face(400));
    expect(tracker.confirms(followed)).toBe(same);
  });
});
