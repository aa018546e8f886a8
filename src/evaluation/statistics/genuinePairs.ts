import type { Cohort } from '../../shared/Cohort.js';
import { distanceTable } from './distanceTable.js';
import type { EmbeddedSample } from './prepareSamples.js';

/** Two pictures of one person, by their index in the list. */
export interface GenuinePair {
  readonly a: number;
  readonly b: number;
  readonly distance: number;
}

/** All pairs of two pictures of one person. @param cohort with it, the distances are normalized */
export function genuinePairs(samples: readonly EmbeddedSample[], cohort: Cohort | null = null): GenuinePair[] {
  const embeddings = samples.map(({ embedding }) => embedding);
  const between = distanceTable(embeddings, embeddings, cohort);
  const people = new Map<string, number[]>();
  samples.forEach(({ identity }, i) => people.set(identity, [...(people.get(identity) ?? []), i]));
  return [...people.values()].flatMap((own) => own.flatMap((a, i) => own.slice(i + 1).map((b) => ({ a, b, distance: between(a, b) }))));
}
