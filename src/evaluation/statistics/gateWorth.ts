import type { Cohort } from '../../shared/Cohort.js';
import { RATES } from './discardCurves.js';
import { drawResamples } from './drawResamples.js';
import { genuinePairs, type GenuinePair } from './genuinePairs.js';
import { gainInterval } from './gainInterval.js';
import { interval, type Interval } from './interval.js';
import type { KnownThreshold } from './KnownThreshold.js';
import { RESAMPLES } from './measurePairs.js';
import { middle95 } from './middle95.js';
import { prepareSamples } from './prepareSamples.js';
import type { Sample } from './Sample.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { shuffled } from './shuffled.js';

export interface GateAt {
  readonly fmr: number;
  /** Stays fixed, whatever is refused. */
  readonly threshold: number;
  /** Share of all genuine pairs that is refused. */
  readonly before: number | null;
  /** 95 % interval: bootstrap over people. */
  readonly beforeInterval: Interval | null;
  /** The same share among the pairs of pictures that pass the gate. */
  readonly after: number | null;
  readonly afterInterval: Interval | null;
  /** The difference; above 0 if the gate helps. */
  readonly gain: number | null;
  /** Null where resampling says nothing of it, such as where no pair is refused before and after. */
  readonly gainInterval: Interval | null;
  /** `after`, if as many pictures had been refused at random. */
  readonly random: Interval | null;
}

/** Plain data, ready for JSON. */
export interface GateWorth {
  /** Pictures with a face. */
  readonly pictures: number;
  /** Pictures that the gate refuses. */
  readonly refused: number;
  /** Genuine pairs. */
  readonly pairs: number;
  /** Genuine pairs of two pictures that pass. */
  readonly pairsKept: number;
  readonly at: readonly GateAt[];
  /** Each reason alone, most common first; `after` is in the order of `at`. */
  readonly reasons: readonly { readonly reason: string; readonly refused: number; readonly after: readonly (number | null)[] }[];
}

export interface GateOptions {
  readonly thresholds: readonly KnownThreshold[];
  /** What the thresholds' distances are normalized by, if they are. */
  readonly cohort?: Cohort | null;
  readonly seed?: number;
  /** Number of bootstrap resamples. */
  readonly resamples?: number;
}

/**
 * How the quality gate changes the errors, at thresholds that stay fixed.
 * @returns null without genuine pairs or a threshold at 1 in 100 or 1 in 1,000
 */
export function gateWorth(
  samples: readonly Sample[],
  { thresholds, cohort = null, seed = 1, resamples = RESAMPLES }: GateOptions,
): GateWorth | null {
  const { samples: usable, person, names } = prepareSamples(samples);
  const pairs = genuinePairs(usable, cohort);
  const held = thresholds.filter(({ fmr }) => RATES.includes(fmr));
  if (pairs.length === 0 || held.length === 0) return null;
  const random = seededRandom(seed);
  const drawn = drawResamples(names.length, resamples, random);
  const gate = usable.map(({ reasons = [] }) => reasons.length > 0);
  const kept = without(gate);
  const lots = drawn.map(() => without(shuffled(gate, random)));
  const counts = new Map<string, number>();
  for (const reason of usable.flatMap(({ reasons = [] }) => reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return {
    pictures: usable.length,
    refused: gate.filter(Boolean).length,
    pairs: pairs.length,
    pairsKept: kept.length,
    at: held.map(({ fmr, threshold }) => {
      const [before, after] = [share(pairs, threshold), share(kept, threshold)];
      const resampled = drawn.map((weight) => [share(pairs, threshold, weight), share(kept, threshold, weight)] as const);
      return {
        fmr,
        threshold,
        before: finite(before),
        beforeInterval: intervalOf(
          resampled.map(([all]) => all),
          before,
          pairs,
        ),
        after: finite(after),
        afterInterval: intervalOf(
          resampled.map(([, left]) => left),
          after,
          kept,
        ),
        gain: finite(before - after),
        gainInterval: gainInterval(
          resampled.map(([all, left]) => all - left),
          [before, after],
          peopleIn(kept),
        ),
        random: middle95(lots.map((left) => share(left, threshold))),
      };
    }),
    reasons: [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([reason, refused]) => {
        const left = without(usable.map(({ reasons = [] }) => reasons.includes(reason)));
        return { reason, refused, after: held.map(({ threshold }) => finite(share(left, threshold))) };
      }),
  };

  /** The pairs of pictures that are not refused. */
  function without(refused: readonly boolean[]): GenuinePair[] {
    return pairs.filter(({ a, b }) => !refused[a] && !refused[b]);
  }

  function peopleIn(of: readonly GenuinePair[]): number {
    return new Set(of.map(({ a }) => person[a])).size;
  }

  function intervalOf(resampled: readonly number[], rate: number, of: readonly GenuinePair[]): Interval | null {
    return of.length > 0 ? interval(resampled, rate, peopleIn(of)) : null;
  }

  /** The share above the threshold. `weight`: how often each person counts; default once. */
  function share(of: readonly { a: number; distance: number }[], threshold: number, weight?: Uint8Array): number {
    let [all, above] = [0, 0];
    for (const { a, distance } of of) {
      const times = weight ? weight[person[a]!]! : 1;
      all += times;
      if (distance > threshold) above += times;
    }
    return above / all;
  }
}

/** JSON has no NaN. */
function finite(rate: number): number | null {
  return Number.isFinite(rate) ? rate : null;
}
