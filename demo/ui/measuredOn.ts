import type { Measurement } from '../../src/index.js';

/** What the thresholds were measured on, in words. */
export function measuredOn({ dataset, identities, impostorPairs }: Measurement): string {
  const count = (n: number) => n.toLocaleString('en');
  return `Thresholds come from ${dataset}: ${count(impostorPairs)} pairs of photographs of different people, ${count(identities)} people in all.`;
}
