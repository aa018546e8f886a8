import { expect, it } from 'vitest';
import { multipliesBytesFast } from './multipliesBytesFast.js';

/** A processor whose relaxed product of four bytes makes `eighth` of 127 and 255. */
const giving = (exact: number, eighth: number) => ({ probe: (_: number, b: number) => (b === 127 ? exact : eighth) });

it.each([
  ['adds all four up as they are, as AVX-VNNI does', giving(64_516, 129_540), true],
  ['takes the eighth bit as a sign, as ARM does', giving(64_516, -508), true],
  ['cuts pairs off at 16 bits, as older x86 do', giving(64_516, 65_534), false],
  ['computes wrongly, as a compiler of Node 20 makes it', giving(129_032, 131_068), false],
  ['has no such instruction', {}, false],
])('an instruction that %s', (_, kernels, expected) => {
  expect(multipliesBytesFast(kernels)).toBe(expected);
});
