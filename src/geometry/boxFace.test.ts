import { expect, it } from 'vitest';
import { boxFace } from './boxFace.js';
import { apply } from './Similarity.js';

it('puts the box, made square, into the middle, with half the margin on each side', () => {
  const toCrop = boxFace({ x: 100, y: 50, width: 128, height: 64 }, 160, 32);
  expect(apply(toCrop, { x: 100, y: 18 })).toEqual({ x: 16, y: 16 });
  expect(apply(toCrop, { x: 228, y: 146 })).toEqual({ x: 144, y: 144 });
});
