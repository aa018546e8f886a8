import { expect, it } from 'vitest';
import { decodeHalves, moveBits } from './decodeHalves.js';

it('gives the same where the browser has an array of halves', () => {
  expect('Float16Array' in globalThis).toBe(true);
  const all = Uint16Array.from({ length: 65_536 }, (_, half) => half);
  const [native, moved] = [decodeHalves(all), moveBits(all)];
  expect(native.every((value, half) => Object.is(value, moved[half]))).toBe(true);
  expect([...decodeHalves(all.subarray(0x3c00, 0x3c02))]).toEqual([1, 1 + 2 ** -10]);
});
