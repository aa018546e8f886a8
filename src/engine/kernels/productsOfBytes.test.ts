import { expect, it } from 'vitest';
import { productsOfBytes } from './productsOfBytes.js';

/** A processor whose relaxed product of four bytes makes `eighth` of 127 and 255. */
const giving = (exact: number, eighth: number) => ({ probe: (_: number, b: number) => (b === 127 ? exact : eighth) });

it.each([
  ['adds all four up as they are, as AVX-VNNI does', giving(64_516, 129_540), 'at once'],
  ['takes the eighth bit as a sign, as ARM does', giving(64_516, -508), 'at once'],
  ['cuts pairs off at 16 bits, as older x86 do', giving(64_516, 65_534), 'in pairs'],
  ['computes wrongly, as a compiler of Node 20 makes it', giving(129_032, 131_068), null],
  ['computes something else of the eighth bit', giving(64_516, 0), null],
  ['has no such instruction', {}, null],
])('an instruction that %s', (_, kernels, expected) => {
  expect(productsOfBytes(kernels)).toBe(expected);
});
