import { drawResamples } from './drawResamples.js';
import { tailOf, type Tail } from './fitTail.js';
import type { PairVisits } from './PairRates.js';
import { seededRandom } from '../../shared/seededRandom.js';

export interface TailResampling {
  readonly people: number;
  readonly forEachPair: PairVisits;
  readonly tail: Tail;
  /** Of all pairs of strangers, how many are at or below `tail.from` in each resample, as `resampledRates` found with the same seed. */
  readonly shares: Float64Array;
  readonly seed: number;
}

/** The tail of each resample of the people; one without pairs in it is left out. */
export function resampledTails({ people, forEachPair, tail, shares, seed }: TailResampling): Tail[] {
  const close: { p: number; q: number; beyond: number }[] = [];
  forEachPair((p, q, distance) => {
    if (p !== q && distance <= tail.from) close.push({ p, q, beyond: tail.from - distance });
  });
  close.sort((a, b) => a.beyond - b.beyond);
  const beyond = Float64Array.from(close, (pair) => pair.beyond);
  return drawResamples(people, shares.length, seededRandom(seed)).flatMap((weight, k) => {
    const weights = Float64Array.from(close, ({ p, q }) => weight[p]! * weight[q]!);
    return (shares[k]! > 0 && tailOf(tail.from, shares[k]!, beyond, weights)) || [];
  });
}
