// IEEE 754 binary16. Uses only integers, and doubles with + − × ÷ and Math.round, so that every machine produces the same bits and a
// manifest can pin the hashes of what is written.

/** 2²⁴: its inverse is the smallest half, and all halves are multiples of that. */
const UNITS = 16_777_216;

/** The number that a half stands for; of those that are none, NaN. @param half 16 bits */
export function decodeHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return (sign * (exponent === 0 ? fraction : (1024 + fraction) * (1 << (exponent - 1)))) / UNITS;
}

/** The nearest half, as 16 bits; if two are equally near, the larger in magnitude. From 65,520 on it is infinity. */
export function encodeHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const units = Math.abs(value) * UNITS;
  let exponent = 1;
  while (exponent < 31 && units >= 2048 * (1 << (exponent - 1))) exponent++;
  // Exponent and fraction are one number: a fraction that rounds up to 2048 carries into the exponent by itself.
  const bits = Math.round(units / (1 << (exponent - 1))) + 1024 * (exponent - 1);
  return (value < 0 || Object.is(value, -0) ? 0x8000 : 0) | Math.min(bits, 0x7c00);
}
