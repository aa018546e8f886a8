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
  expect(multipliesBytesFast(kernels, 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0')).toBe(expected);
});

it('few instructions, which Firefox makes of it on every x86', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
  expect(multipliesBytesFast(giving(64_516, 65_534), firefox)).toBe(true);
  for (const kernels of [giving(129_032, 131_068), giving(64_516, 0), {}]) expect(multipliesBytesFast(kernels, firefox)).toBe(false);
});
