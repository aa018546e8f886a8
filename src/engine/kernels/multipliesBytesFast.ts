import type { KernelExports } from './kernelBuilds.js';

/** Four products of 127 and 127: less than 2¹⁶, and the same on every processor. */
const EXACT = 4 * 127 * 127;
/**
 * Four products of 127 and a byte of eight bits, 255. One instruction of x86 (AVX-VNNI) adds them up as they are, one of ARM takes the
 * eighth bit as a sign. Where an x86 lacks that instruction, others cut pairs of them off at 16 bits.
 */
const FAST: readonly number[] = [4 * 127 * 255, -4 * 127];
const CUT_OFF = 65_534;
/** Firefox makes fewer of those others than Chromium does: they are 1.5 times as fast as 16-bit products (`tools/measure-browsers.mjs`). */
const FEW_INSTRUCTIONS = /\bFirefox\//;

/**
 * Whether 8-bit products are faster here than 16-bit ones; false where a build has none. It tells the processor's instruction by what that
 * makes of a bit which the kernels never use: the answer is always the same on a device. Time is none to go by, since in the first milliseconds
 * a browser runs code that it compiled in haste, and other programs come between.
 * @param browser what the browser calls itself
 */
export function multipliesBytesFast({ probe }: Pick<KernelExports, 'probe'>, browser = globalThis.navigator?.userAgent ?? ''): boolean {
  if (probe?.(127, 127) !== EXACT) return false;
  const eighth = probe(127, 255);
  return FAST.includes(eighth) || (eighth === CUT_OFF && FEW_INSTRUCTIONS.test(browser));
}
