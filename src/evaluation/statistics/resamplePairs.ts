import { seededRandom } from '../../shared/seededRandom.js';

export interface ResamplePairsOptions {
  readonly people: number;
  readonly bins: number;
  readonly resamples: number;
  readonly seed: number;
  /** In any order; fast if p stays the same for long. */
  readonly forEachPair: (add: (p: number, q: number, bin: number) => void) => void;
}

/**
 * The bootstrap over identities: people are drawn again with replacement, and a pair counts as often as both of its people were drawn
 * together (two copies of one person are not a pair of strangers). Returns the counts per bin and resample, at `bin * resamples +
 * resample`.
 */
export function resamplePairs({ people, bins, resamples, seed, forEachPair }: ResamplePairsOptions): {
  genuine: Float64Array;
  impostor: Float64Array;
} {
  const weights = drawPeople(people, resamples, seededRandom(seed));
  const genuine = new Float64Array(bins * resamples);
  const impostor = new Float64Array(bins * resamples);
  const partners = sumsOfPartners(weights, people, bins, resamples, impostor);
  forEachPair((p, q, bin) => {
    if (p !== q) {
      partners.add(p, q, bin);
      return;
    }
    for (let k = 0; k < resamples; k++) genuine[bin * resamples + k]! += weights[p * resamples + k]!;
  });
  partners.flush();
  return { genuine, impostor };
}

/** How often each person is drawn in each resample. */
function drawPeople(people: number, resamples: number, random: () => number): Uint8Array {
  const weights = new Uint8Array(people * resamples);
  for (let k = 0; k < resamples; k++) {
    for (let i = 0; i < people; i++) weights[Math.floor(random() * people) * resamples + k]!++;
  }
  return weights;
}

/** Three resamples share one float64, 17 bits each, so that one addition does for three, over millions of pairs. */
const FIELDS = 3;
const FIELD = 2 ** 17;

/**
 * Adds up the weights of everyone with whom one person is paired, and multiplies the sums by that person's own weight when the next person
 * comes. This takes a third of the time of multiplying for each pair.
 */
function sumsOfPartners(weights: Uint8Array, people: number, bins: number, resamples: number, totals: Float64Array) {
  const width = Math.ceil(resamples / FIELDS);
  const packed = new Float64Array(people * width);
  for (let p = 0; p < people; p++) {
    for (let k = 0; k < resamples; k++) packed[p * width + Math.floor(k / FIELDS)]! += weights[p * resamples + k]! * FIELD ** (k % FIELDS);
  }
  // This many additions cannot carry from one field into the next.
  const limit = Math.floor((FIELD - 1) / weights.reduce((most, w) => Math.max(most, w), 1));
  const sums = new Float64Array(bins * width);
  let person = -1;
  let added = 0;

  const flush = () => {
    for (let at = 0; at < sums.length; at++) {
      if (sums[at] === 0) continue;
      let rest = sums[at]!;
      sums[at] = 0;
      const bin = Math.floor(at / width);
      const first = (at % width) * FIELDS;
      for (let k = first; k < Math.min(first + FIELDS, resamples); k++) {
        const above = Math.floor(rest / FIELD);
        totals[bin * resamples + k]! += weights[person * resamples + k]! * (rest - above * FIELD);
        rest = above;
      }
    }
    added = 0;
  };
  return {
    flush,
    add(p: number, q: number, bin: number) {
      if (p !== person || added === limit) {
        flush();
        person = p;
      }
      added++;
      const to = bin * width;
      const from = q * width;
      for (let i = 0; i < width; i++) sums[to + i]! += packed[from + i]!;
    },
  };
}
