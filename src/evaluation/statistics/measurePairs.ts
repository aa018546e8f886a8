import { countUpTo } from './countUpTo.js';
import { fitTail } from './fitTail.js';
import { interval } from './interval.js';
import type { KnownThreshold } from './KnownThreshold.js';
import type { PairRates, PairVisits, RatesAt } from './PairRates.js';
import { resampledTails } from './resampledTails.js';
import { crossing, resampledRates } from './resampledRates.js';
import { sortedEqualErrorRate } from './sortedEqualErrorRate.js';
import { sortPairs } from './sortPairs.js';
import { thresholdAtRate } from './thresholdAtRate.js';

/** Rates at which operating points are measured, if the pairs support them. */
const RATES = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6];
const CURVE_POINTS_PER_DECADE = 10;
/** A threshold below it was fitted to something else than a bell of distances: the SDK takes none. */
const LEAST = 0.3;
/**
 * The number of false matches that a rate must rest on. It is then correct to within 30 % with 90 % confidence (the "rule of 30",
 * Doddington et al. 2000).
 */
export const MIN_FALSE_MATCHES = 30;
/** Default number of bootstrap resamples. */
export const RESAMPLES = 200;

export interface MeasurePairsOptions {
  readonly people: number;
  readonly forEachPair: PairVisits;
  /** Thresholds to test on these pairs. */
  readonly thresholds?: readonly KnownThreshold[];
  /** How often the same people were paired again; repetitions do not support smaller rates. */
  readonly repetitions?: number;
  /** The smallest rate to extrapolate operating points to, see `fitTail`. Default: none are extrapolated. */
  readonly extrapolateTo?: number | undefined;
  readonly seed?: number;
  readonly resamples?: number;
}

/** Error rates over any set of pairs of people, with 95 % intervals from a bootstrap over the people. */
export function measurePairs({
  people,
  forEachPair,
  thresholds = [],
  repetitions = 1,
  extrapolateTo = Infinity,
  seed = 1,
  resamples = RESAMPLES,
}: MeasurePairsOptions): PairRates {
  const { genuine, impostor, genuinePeople, impostorPeople, independentImpostors } = sortPairs(people, forEachPair);
  const supported = (rate: number) => (rate * impostor.length) / repetitions >= MIN_FALSE_MATCHES;
  // Below 0 if so many strangers are at distance 0 (copies of one picture) that no threshold keeps the rate.
  const demanded = RATES.filter(supported)
    .map((fmr) => ({ fmr, threshold: roundDown(thresholdAtRate(impostor, fmr)) }))
    .filter(({ threshold }) => threshold >= 0);
  const counted = demanded.at(-1);
  const tail = counted && extrapolateTo < counted.fmr ? fitTail(impostor, repetitions) : null;
  const beyond = RATES.filter((rate) => counted && rate < counted.fmr && rate >= extrapolateTo * 0.999)
    .map((fmr) => ({ fmr, threshold: tail ? roundDown(Math.min(tail.thresholdAt(fmr), counted!.threshold)) : -1 }))
    .filter(({ threshold }) => threshold >= LEAST);
  const curve = [...new Set(curveRates(supported).map((rate) => roundDown(thresholdAtRate(impostor, rate))))].filter((t) => t >= 0);
  const equal = genuine.length && impostor.length ? sortedEqualErrorRate(genuine, impostor) : null;

  const all = new Set([
    ...[...demanded, ...beyond, ...thresholds, ...(tail ? [{ threshold: tail.from }] : [])].map(({ threshold }) => threshold),
    ...curve,
    ...(equal ? [equal.threshold] : []),
  ]);
  const ascending = Float64Array.from(all).sort();
  const resampled = resampledRates({ people, forEachPair, ascending, seed, resamples });

  const at = (threshold: number): RatesAt => {
    const falseMatches = countUpTo(impostor, threshold);
    const falseNonMatches = genuine.length - countUpTo(genuine, threshold);
    const fmr = impostor.length ? falseMatches / impostor.length : null;
    const fnmr = genuine.length ? falseNonMatches / genuine.length : null;
    const t = ascending.indexOf(threshold);
    return {
      threshold,
      falseMatches,
      fmr,
      fmrInterval: fmr === null ? null : interval(resampled.fmr[t]!, fmr, independentImpostors),
      falseNonMatches,
      fnmr,
      fnmrInterval: fnmr === null ? null : interval(resampled.fnmr[t]!, fnmr, genuinePeople),
    };
  };

  const shares = tail && resampled.fmr[ascending.indexOf(tail.from)];
  const sure = tail && shares && beyond.length > 0 ? resampledTails({ people, forEachPair, tail, shares, seed }) : [];

  return {
    genuinePairs: genuine.length,
    impostorPairs: impostor.length,
    genuinePeople,
    impostorPeople,
    operatingPoints: [...demanded, ...beyond].flatMap(({ fmr, threshold }) => {
      const { fmrInterval, fnmr, fnmrInterval } = at(threshold);
      if (fmrInterval === null || fnmr === null || fnmrInterval === null) return [];
      const point = { fmr, threshold, fnmr: Number(fnmr.toFixed(6)), fnmrInterval };
      if (fmr >= counted!.fmr) return [{ ...point, fmrInterval }];
      const rates = sure.map((one) => one.rateAt(threshold));
      return [{ ...point, fmrInterval: interval(rates, fmr, independentImpostors), extrapolated: true }];
    }),
    curve: curve.map(at),
    atThresholds: thresholds.map(({ fmr, threshold }) => ({ nominalFmr: fmr, ...at(threshold) })),
    equalErrorRate: equal && {
      ...equal,
      interval: interval(
        Array.from({ length: resamples }, (_, k) => crossing(resampled, k)),
        equal.rate,
        Math.min(genuinePeople, independentImpostors),
      ),
    },
    genuine,
    impostor,
  };
}

/** Rounds down, so that no rounded threshold lets in more impostors than the rate allows. */
function roundDown(threshold: number): number {
  return Math.floor(threshold * 1e5) / 1e5;
}

/** From just below 1 (where nothing is refused) down to the smallest supported rate. */
function curveRates(supported: (rate: number) => boolean): number[] {
  const rate = (i: number) => 10 ** (-i / CURVE_POINTS_PER_DECADE);
  const rates: number[] = [];
  for (let i = 1; supported(rate(i)); i++) rates.push(rate(i));
  return rates;
}
