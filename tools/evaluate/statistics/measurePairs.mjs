import { countUpTo } from './countUpTo.mjs';
import { equalErrorRate } from './equalErrorRate.mjs';
import { interval } from './interval.mjs';
import { resamplePairs } from './resamplePairs.mjs';
import { thresholdAtRate } from './thresholdAtRate.mjs';

/** Rates that operating points are measured at, where the pairs support them. */
const RATES = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6];
const CURVE_POINTS_PER_DECADE = 10;
/** A rate with fewer impostor pairs behind it is left out. */
export const MIN_FALSE_MATCHES = 30;
export const RESAMPLES = 200;

/** @typedef {import('./interval.mjs').Interval} Interval */
/**
 * What a threshold does to the pairs. A rate and its interval are null where there are no pairs of that kind.
 * @typedef {object} RatesAt
 * @property {number} threshold
 * @property {number} falseMatches
 * @property {number | null} fmr
 * @property {Interval | null} fmrInterval
 * @property {number} falseNonMatches
 * @property {number | null} fnmr
 * @property {Interval | null} fnmrInterval
 */
/** @typedef {{ fmr: number, threshold: number, fnmr: number, fmrInterval: Interval, fnmrInterval: Interval }} OperatingPoint as in the manifest: `fmr` is the demanded rate */
/** @typedef {{ fmr: number, threshold: number }} KnownThreshold */
/**
 * @typedef {object} PairRates
 * @property {number} genuinePairs
 * @property {number} impostorPairs
 * @property {number} genuinePeople with a genuine pair
 * @property {number} impostorPeople in an impostor pair
 * @property {OperatingPoint[]} operatingPoints descending rates; none without pairs of both kinds
 * @property {RatesAt[]} curve descending thresholds, at rates that are evenly spaced in their logarithm; none without impostor pairs
 * @property {(RatesAt & { nominalFmr: number })[]} atThresholds at the thresholds that were asked for
 * @property {{ rate: number, threshold: number, interval: Interval } | null} equalErrorRate
 * @property {Float32Array} genuine distances, ascending
 * @property {Float32Array} impostor distances, ascending
 */

/**
 * Rates over any set of pairs of people, with intervals from a bootstrap over the people.
 * @param {object} options
 * @param {number} options.people
 * @param {(visit: (p: number, q: number, distance: number) => void) => void} options.forEachPair visits the same pairs at every call; p and q are people
 * @param {readonly KnownThreshold[]} [options.thresholds] to be judged on these pairs
 * @param {number} [options.repetitions] how often the same people were paired anew, which supports no smaller rates
 * @param {number} [options.seed]
 * @param {number} [options.resamples]
 * @returns {PairRates}
 */
export function measurePairs({ people, forEachPair, thresholds = [], repetitions = 1, seed = 1, resamples = RESAMPLES }) {
  const { genuine, impostor, genuinePeople, impostorPeople } = sortPairs(people, forEachPair);
  const supported = (/** @type {number} */ rate) => (rate * impostor.length) / repetitions >= MIN_FALSE_MATCHES;
  // Below 0 where so many strangers lie at distance 0 (copies of one picture) that no threshold keeps the rate.
  const demanded = RATES.filter(supported)
    .map((fmr) => ({ fmr, threshold: roundDown(thresholdAtRate(impostor, fmr)) }))
    .filter(({ threshold }) => threshold >= 0);
  const curve = [...new Set(curveRates(supported).map((rate) => roundDown(thresholdAtRate(impostor, rate))))].filter((t) => t >= 0);
  const equal = genuine.length && impostor.length ? equalErrorRate(genuine, impostor) : null;

  const all = new Set([...[...demanded, ...thresholds].map(({ threshold }) => threshold), ...curve, ...(equal ? [equal.threshold] : [])]);
  const ascending = Float64Array.from(all).sort();
  const resampled = resampledRates({ people, forEachPair, ascending, seed, resamples });

  /** @param {number} threshold @returns {RatesAt} */
  const at = (threshold) => {
    const falseMatches = countUpTo(impostor, threshold);
    const falseNonMatches = genuine.length - countUpTo(genuine, threshold);
    const fmr = impostor.length ? falseMatches / impostor.length : null;
    const fnmr = genuine.length ? falseNonMatches / genuine.length : null;
    const t = ascending.indexOf(threshold);
    return {
      threshold,
      falseMatches,
      fmr,
      fmrInterval: fmr === null ? null : interval(resampled.fmr[t], fmr, Math.floor(impostorPeople / 2)),
      falseNonMatches,
      fnmr,
      fnmrInterval: fnmr === null ? null : interval(resampled.fnmr[t], fnmr, genuinePeople),
    };
  };

  return {
    genuinePairs: genuine.length,
    impostorPairs: impostor.length,
    genuinePeople,
    impostorPeople,
    operatingPoints: demanded.flatMap(({ fmr, threshold }) => {
      const { fmrInterval, fnmr, fnmrInterval } = at(threshold);
      if (fmrInterval === null || fnmr === null || fnmrInterval === null) return [];
      return [{ fmr, threshold, fnmr: Number(fnmr.toFixed(6)), fmrInterval, fnmrInterval }];
    }),
    curve: curve.map(at),
    atThresholds: thresholds.map(({ fmr, threshold }) => ({ nominalFmr: fmr, ...at(threshold) })),
    equalErrorRate: equal && {
      ...equal,
      interval: interval(
        Array.from({ length: resamples }, (_, k) => crossing(resampled, k)),
        equal.rate,
        Math.min(genuinePeople, Math.floor(impostorPeople / 2)),
      ),
    },
    genuine,
    impostor,
  };
}

/** @param {number} people @param {(visit: (p: number, q: number, distance: number) => void) => void} forEachPair */
function sortPairs(people, forEachPair) {
  const genuine = growingList();
  const impostor = growingList();
  const genuinePerson = new Uint8Array(people);
  const impostorPerson = new Uint8Array(people);
  forEachPair((p, q, distance) => {
    (p === q ? genuine : impostor).push(distance);
    const seen = p === q ? genuinePerson : impostorPerson;
    seen[p] = seen[q] = 1;
  });
  const count = (/** @type {Uint8Array} */ flags) => flags.reduce((sum, flag) => sum + flag, 0);
  return {
    genuine: genuine.values().sort(),
    impostor: impostor.values().sort(),
    genuinePeople: count(genuinePerson),
    impostorPeople: count(impostorPerson),
  };
}

/** A list of float32 numbers: millions of them fit, where an ordinary array would take twice the room. */
function growingList() {
  let store = new Float32Array(1024);
  let length = 0;
  return {
    /** @param {number} value */
    push(value) {
      if (length === store.length) {
        const larger = new Float32Array(2 * length);
        larger.set(store);
        store = larger;
      }
      store[length++] = value;
    },
    values: () => store.subarray(0, length),
  };
}

/** Down, so that no rounded threshold lets more impostors pass than the rate allows. @param {number} threshold */
function roundDown(threshold) {
  return Math.floor(threshold * 1e5) / 1e5;
}

/** From just below 1 (where nothing is refused) down to the smallest supported rate. @param {(rate: number) => boolean} supported */
function curveRates(supported) {
  const rate = (/** @type {number} */ i) => 10 ** (-i / CURVE_POINTS_PER_DECADE);
  const rates = [];
  for (let i = 1; supported(rate(i)); i++) rates.push(rate(i));
  return rates;
}

/**
 * Both rates at each threshold in each resample: `[threshold][resample]`.
 * @param {object} options
 * @param {number} options.people
 * @param {(visit: (p: number, q: number, distance: number) => void) => void} options.forEachPair
 * @param {Float64Array} options.ascending thresholds
 * @param {number} options.seed
 * @param {number} options.resamples
 */
function resampledRates({ people, forEachPair, ascending, seed, resamples }) {
  const bins = ascending.length + 1;
  const { genuine, impostor } = resamplePairs({
    people,
    bins,
    resamples,
    seed,
    forEachPair: (add) => forEachPair((p, q, distance) => add(p, q, firstThreshold(ascending, distance))),
  });
  for (const counts of [genuine, impostor]) {
    // From counts of pairs between thresholds to counts of accepted pairs; the last row becomes the sum of all.
    for (let i = resamples; i < counts.length; i++) counts[i] += counts[i - resamples];
  }
  const share = (/** @type {Float64Array} */ counts, /** @type {number} */ t, /** @type {number} */ k) =>
    counts[t * resamples + k] / counts[(bins - 1) * resamples + k];
  const table = (/** @type {(t: number, k: number) => number} */ rate) =>
    Array.from(ascending, (_, t) => Float64Array.from({ length: resamples }, (_, k) => rate(t, k)));
  return { fmr: table((t, k) => share(impostor, t, k)), fnmr: table((t, k) => 1 - share(genuine, t, k)) };
}

/** Index of the first threshold that accepts a distance. @param {Float64Array} ascending @param {number} distance */
function firstThreshold(ascending, distance) {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (distance <= ascending[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The equal error rate of one resample, linear between thresholds. @param {{ fmr: Float64Array[], fnmr: Float64Array[] }} rates @param {number} k */
function crossing({ fmr, fnmr }, k) {
  let [x, y] = [0, 1];
  for (let t = 0; t < fmr.length; t++) {
    const gap = fmr[t][k] - fnmr[t][k];
    if (gap >= 0) return x + ((y - x) / (gap + y - x)) * (fmr[t][k] - x);
    [x, y] = [fmr[t][k], fnmr[t][k]];
  }
  return NaN;
}
