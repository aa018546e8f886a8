import { expect, it } from 'vitest';
import { centralFace, rivals } from './selectFace.js';

const face = (x: number, y: number, width: number) => ({ box: { x: x - width / 2, y: y - width / 2, width, height: width } });

it('counts only faces at least half as wide as the widest', () => {
  const [large, half, small] = [face(100, 100, 100), face(300, 100, 50), face(400, 100, 49)];
  expect(rivals([small, large, half])).toEqual([large, half]);
  expect(rivals([])).toEqual([]);
});

it('takes the face nearest the center, larger first', () => {
  const center = face(125, 125, 40);
  expect(centralFace([face(40, 125, 60), center], 250, 250)).toBe(center);
  const large = face(125, 115, 120);
  expect(centralFace([face(130, 130, 20), large], 250, 250)).toBe(large);
  expect(centralFace<typeof center>([], 250, 250)).toBeUndefined();
});
