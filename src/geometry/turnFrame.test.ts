import { describe, expect, it } from 'vitest';
import { meshView } from './meshView.js';
import { apply } from './Similarity.js';
import { turnFrame } from './turnFrame.js';

describe('turnFrame', () => {
  const frame = { center: { x: 100, y: 80 }, side: 60, rightEye: { x: 80, y: 70 }, leftEye: { x: 120, y: 70 } };

  it('turns the eyes about the center, a quarter at a time, clockwise in the picture', () => {
    expect(turnFrame(frame, 1)).toEqual({ ...frame, rightEye: { x: 110, y: 60 }, leftEye: { x: 110, y: 100 } });
    expect(turnFrame(frame, 2)).toEqual({ ...frame, rightEye: { x: 120, y: 90 }, leftEye: { x: 80, y: 90 } });
    expect(turnFrame(frame, 4)).toEqual(frame);
  });

  it('shows the mesh what was at the bottom at the top', () => {
    const chin = { x: 100, y: 105 };
    expect(apply(meshView(frame, 192), chin).y).toBeGreaterThan(96);
    expect(apply(meshView(turnFrame(frame, 2), 192), chin).y).toBeLessThan(96);
  });
});
