// Operating points from all pairs of a set of pictures: thresholds at false match rates, with bootstrap intervals over identities.
import { countUpTo, thresholdAtRate } from './lfwProtocol.mjs';

/** Rates that operating points are measured at; those with fewer than 30 impostor pairs behind them are left out. */
const RATES = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6];
const MIN_FALSE_MATCHES = 30;
const RESAMPLES = 200;

/** @typedef {{ identity: string, embedding: Float32Array }} Sample */

/** LFW's file names: `Given_Family_0001.jpg`. @param {string} file */
export function identityOf(file) {
  return (file.split('/').pop() ?? file).replace(/[_-]\d+\.\w+$/, '');
}

/**
 * @param {Sample[]} samples one picture each
 * @param {number} [seed]
 */
export function operatingPoints(samples, seed = 1) {
  const names = [...new Set(samples.map(({ identity }) => identity))];
  const people = samples.map(({ identity }) => names.indexOf(identity));
  const pairs = allPairs(samples, people);
  const points = RATES.filter((rate) => rate * pairs.impostor.length >= MIN_FALSE_MATCHES).map((fmr) => {
    const threshold = round(thresholdAtRate(pairs.impostor, fmr), 5);
    const fnmr = 1 - countUpTo(pairs.genuine, threshold) / pairs.genuine.length;
    return { fmr, threshold, fnmr: round(fnmr, 6) };
  });
  const resampled = bootstrap(
    samples,
    people,
    names.length,
    points.map(({ threshold }) => threshold),
    seed,
  );
  return {
    operatingPoints: points.map((point, i) => ({
      ...point,
      fmrInterval: interval(resampled.map((r) => r[i].fmr)),
      fnmrInterval: interval(resampled.map((r) => r[i].fnmr)),
    })),
    measurement: {
      identities: names.length,
      genuinePairs: pairs.genuine.length,
      impostorPairs: pairs.impostor.length,
      method: `all pairs of ${samples.length} pictures, one embedding each, no quality gate; 95 % intervals: ${RESAMPLES} bootstrap resamples of the identities`,
    },
  };
}

/** Distances of all pairs, ascending. @param {Sample[]} samples @param {number[]} people */
function allPairs(samples, people) {
  const genuine = [];
  const impostor = new Float32Array((samples.length * (samples.length - 1)) / 2);
  let n = 0;
  for (let i = 0; i < samples.length; i++) {
    for (let j = 0; j < i; j++) {
      const d = distance(samples[i].embedding, samples[j].embedding);
      if (people[i] === people[j]) genuine.push(d);
      else impostor[n++] = d;
    }
  }
  return { genuine: Float32Array.from(genuine).sort(), impostor: impostor.subarray(0, n).sort() };
}

/**
 * Rates at fixed thresholds when the identities are drawn anew with replacement: a pair counts as often as both of its people were drawn
 * together (two copies of one person are not a pair). Only sums per pair of people are kept, so a resample costs people², not pairs.
 * @param {Sample[]} samples @param {number[]} people @param {number} count @param {number[]} thresholds @param {number} seed
 */
function bootstrap(samples, people, count, thresholds, seed) {
  const random = mulberry32(seed);
  const draws = Array.from({ length: RESAMPLES }, () => {
    const weight = new Float64Array(count);
    for (let i = 0; i < count; i++) weight[Math.floor(random() * count)]++;
    return weight;
  });
  const zero = () => draws.map(() => new Float64Array(thresholds.length + 1));
  const genuine = zero();
  const impostor = zero();
  for (let i = 0; i < samples.length; i++) {
    for (let j = 0; j < i; j++) {
      const d = distance(samples[i].embedding, samples[j].embedding);
      const [p, q] = [people[i], people[j]];
      // Thresholds descend with the rate: the pair is accepted by the first `accepted` of them.
      let accepted = 0;
      while (accepted < thresholds.length && d <= thresholds[accepted]) accepted++;
      if (p !== q && accepted === 0) continue; // its share is counted below
      for (let k = 0; k < RESAMPLES; k++) {
        const w = p === q ? draws[k][p] : draws[k][p] * draws[k][q];
        if (w !== 0) (p === q ? genuine : impostor)[k][accepted] += w;
      }
    }
  }
  const pictures = new Float64Array(count);
  for (const p of people) pictures[p]++;
  return draws.map((weight, k) => {
    const total = weight.reduce((sum, w, p) => sum + w * pictures[p], 0);
    const own = weight.reduce((sum, w, p) => sum + (w * pictures[p]) ** 2, 0);
    const impostors = (total * total - own) / 2;
    const genuines = genuine[k].reduce((a, b) => a + b, 0);
    return thresholds.map((_, t) => {
      const beyond = (/** @type {Float64Array} */ sums) => sums.slice(t + 1).reduce((a, b) => a + b, 0);
      return { fmr: beyond(impostor[k]) / impostors, fnmr: 1 - beyond(genuine[k]) / genuines };
    });
  });
}

/** @param {number[]} values @returns {[number, number]} the middle 95 % */
function interval(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => Number(sorted[Math.round(share * (sorted.length - 1))].toPrecision(3));
  return [at(0.025), at(0.975)];
}

/** @param {Float32Array} a @param {Float32Array} b */
export function distance(a, b) {
  let square = 0;
  for (let i = 0; i < a.length; i++) square += (a[i] - b[i]) ** 2;
  return Math.sqrt(square);
}

/** A small seeded generator, so that a report can be repeated. @param {number} state */
function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {number} value @param {number} digits */
function round(value, digits) {
  return Number(value.toFixed(digits));
}
