import { expect, it } from 'vitest';
import { sizeOfShape } from './sizeOfShape.js';

it('counts the values of a shape', () => {
  expect(sizeOfShape('w', [3, 3, 16, 8])).toBe(1152);
  expect(sizeOfShape('w', [2n, 0n])).toBe(0);
  expect(sizeOfShape('w', [])).toBe(1);
  expect(sizeOfShape('w', [0, 4096])).toBe(0);
});

it.each([
  ['a negative axis', [2, -1], 'with a negative or broken dimension'],
  ['more values than memory', [2 ** 20, 2 ** 20], 'The tensor w is too large'],
  ['places without end for no values', [Number.MAX_SAFE_INTEGER, 0], 'The tensor w is too large'],
  ['very many places for no values', [1, 2 ** 14, 0], 'The tensor w is too large'],
  ['a product that is no number', [...Array<number>(7).fill(Number.MAX_SAFE_INTEGER), 0], 'The tensor w is too large'],
  ['very many axes', Array<number>(9).fill(1), 'The tensor w has 9 axes'],
] as const)('refuses %s', (_, shape, message) => {
  expect(() => sizeOfShape('w', shape)).toThrow(message);
});
