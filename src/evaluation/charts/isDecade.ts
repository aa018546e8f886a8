/** Whether a rate is a power of ten; charts label these. */
export function isDecade(rate: number): boolean {
  const exponent = Math.log10(rate);
  return Math.abs(exponent - Math.round(exponent)) < 1e-6;
}
