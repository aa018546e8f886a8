import { distanceTable } from './distanceTable.js';
import type { EmbeddedSample } from './prepareSamples.js';

/** Two pictures of one person, by their index in the list. */
export interface GenuinePair {
  readonly a: number;
  readonly b: number;
  readonly distance: number;
}

/** All pairs of two pictures of one person. */
export function genuinePairs(samples: readonly EmbeddedSample[]): GenuinePair[] {
  const between = distanceTable(samples.map(({ embedding }) => embedding));
  const people = new Map<string, number[]>();
  samples.forEach(({ identity }, i) => people.set(identity, [...(people.get(identity) ?? []), i]));
  return [...people.values()].flatMap((own) => own.flatMap((a, i) => own.slice(i + 1).map((b) => ({ a, b, distance: between(a, b) }))));
}
