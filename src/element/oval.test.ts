import { describe, expect, it } from 'vitest';
import { faceOval, featuresOf, outlineOf, shownPart, targetOval, USUAL_FRAME } from './oval.js';

const PORTRAIT = { width: 480, height: 640 };

describe('what is shown of a frame', () => {
  it.each([
    ['all of it in its own shape', USUAL_FRAME, { width: 320, height: 240 }, USUAL_FRAME],
    ['the middle on a phone', USUAL_FRAME, { width: 390, height: 780 }, { width: 240, height: 480 }],
    ['a strip on a wide card', USUAL_FRAME, { width: 640, height: 320 }, { width: 640, height: 320 }],
    ['all of it before anything is laid out', PORTRAIT, { width: 0, height: 0 }, PORTRAIT],
  ])('is %s', (_, frame, place, shown) => {
    expect(shownPart(frame, place)).toEqual(shown);
  });
});

describe('where the face belongs', () => {
  it.each([
    [USUAL_FRAME, { width: 456, height: 342 }],
    [USUAL_FRAME, { width: 360, height: 700 }],
    [USUAL_FRAME, { width: 640, height: 200 }],
    [PORTRAIT, { width: 390, height: 780 }],
    [PORTRAIT, { width: 844, height: 300 }],
  ])('is within what is shown, also closer: %j in %j', (frame, place) => {
    const shown = shownPart(frame, place);
    const [usual, closer] = [targetOval(frame, shown, 'front'), targetOval(frame, shown, 'come-closer')];
    for (const { cx, cy, rx, ry } of [usual, closer]) {
      expect(Math.abs(cx - frame.width / 2) + rx).toBeLessThan(shown.width / 2);
      expect(Math.abs(cy - frame.height / 2) + ry).toBeLessThan(shown.height / 2);
    }
    expect(closer.rx).toBeGreaterThan(usual.rx * 1.1);
  });

  it('has features within it', () => {
    const oval = targetOval(USUAL_FRAME, USUAL_FRAME, null);
    const numbers = featuresOf(oval)
      .match(/[\d.]+/g)!
      .map(Number);
    const [xs, ys] = [0, 1].map((odd) => numbers.filter((_, i) => i % 2 === odd));
    expect(Math.max(...xs.map((x) => Math.abs(x - oval.cx)))).toBeLessThan(oval.rx / 2);
    expect(Math.max(...ys.map((y) => Math.abs(y - oval.cy)))).toBeLessThan(oval.ry * 0.7);
  });
});

it('mirrors the face as the picture is', () => {
  const box = { x: 100, y: 80, width: 120, height: 160 };
  expect([false, true].map((mirrored) => faceOval(box, USUAL_FRAME, mirrored).cx)).toEqual([160, 480]);
});

it('draws an outline from the top, clockwise', () => {
  expect(outlineOf({ cx: 100, cy: 50, rx: 10, ry: 20 })).toBe('M100 30A10 20 0 0 1 100 70A10 20 0 0 1 100 30Z');
});
