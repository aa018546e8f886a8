import { expect, it } from 'vitest';
import { decodeHalves } from './decodeHalves.js';
import { decodeHalf } from './halfFloat.js';

it('gives for each of the 65,536 halves what the definition gives, to the last bit', () => {
  const all = Uint16Array.from({ length: 65_536 }, (_, half) => half);
  const bits = (floats: Float32Array) => new Uint32Array(floats.buffer);
  expect(bits(decodeHalves(all))).toEqual(bits(Float32Array.from(all, decodeHalf)));
});
