import { expect, it } from 'vitest';
import { decodeHalves, moveBits } from './decodeHalves.js';
import { decodeHalf } from './halfFloat.js';

const ALL = Uint16Array.from({ length: 65_536 }, (_, half) => half);
const bits = (floats: Float32Array) => new Uint32Array(floats.buffer);

it('gives for each of the 65,536 halves what the definition gives, to the last bit', () => {
  expect(bits(moveBits(ALL))).toEqual(bits(Float32Array.from(ALL, decodeHalf)));
});

it('reads a part of memory only', () => {
  expect(decodeHalves(ALL.subarray(0x3c00, 0x3c02))).toEqual(Float32Array.of(1, 1 + 2 ** -10));
});
