import type { KernelExports } from './kernelBuilds.js';

/** Four products of 127 and 127: less than 2¹⁶, and the same on every processor. */
const EXACT = 4 * 127 * 127;
/**
 * Four products of 127 and a byte of eight bits, 255. One instruction of x86 (AVX-VNNI) adds them up as they are, one of ARM takes the
 * eighth bit as a sign. Where an x86 lacks that instruction, another one adds them up in pairs, which it cuts off at 16 bits.
 */
const AT_ONCE: readonly number[] = [4 * 127 * 255, -4 * 127];
const CUT_OFF = 65_534;

/**
 * How a processor is quicker at 8-bit products than at 16-bit ones: four `at once`, or `in pairs`, of which several are added up in 16 bits;
 * null if it is not, or where a build has none. It tells the processor's instruction by what that makes of a bit which the kernels never use: the
 * answer is always the same on a device. Time is none to go by, since in the first milliseconds a browser runs code that it compiled in haste, and other
 * programs come between.
 */
export function productsOfBytes({ probe }: Pick<KernelExports, 'probe'>): 'at once' | 'in pairs' | null {
  if (probe?.(127, 127) !== EXACT) return null;
  const eighth = probe(127, 255);
  if (AT_ONCE.includes(eighth)) return 'at once';
  return eighth === CUT_OFF ? 'in pairs' : null;
}
