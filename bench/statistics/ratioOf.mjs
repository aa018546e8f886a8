/**
 * @param {import('./Samples.d.ts').Samples} other
 * @param {import('./Samples.d.ts').Samples} base measured in the same turns
 * @returns {import('./Samples.d.ts').Ratio} how many times the base's value the other's is
 */
export function ratioOf(other, base) {
  if (other.turns.length !== base.turns.length) throw new RangeError(`expected ${base.turns.length} turns, got ${other.turns.length}`);
  const each = other.turns.map((value, i) => value / base.turns[i]);
  return { ratio: other.median / base.median, low: Math.min(...each), high: Math.max(...each) };
}
