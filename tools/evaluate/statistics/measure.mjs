import { distanceTable } from './distanceTable.mjs';
import { failures } from './failures.mjs';
import { groupTable } from './groupTable.mjs';
import { MIN_INDEPENDENT } from './interval.mjs';
import { measurePairs, RESAMPLES } from './measurePairs.mjs';
import { prepareSamples } from './prepareSamples.mjs';
import { scoreHistogram } from './scoreHistogram.mjs';
import { shortList } from './shortList.mjs';

/** Operating points that the groups are compared at. */
const GROUP_RATES = [1e-2, 1e-3];

/**
 * @typedef {import('./prepareSamples.mjs').Sample} Sample
 * @typedef {import('./measurePairs.mjs').PairRates} PairRates
 * @typedef {import('./measurePairs.mjs').KnownThreshold} KnownThreshold
 * @typedef {{ a: string, b: string, distance: number }} FilePair
 * @typedef {{ identities: number, genuinePairs: number, impostorPairs: number, method: string }} Measurement the manifest's, but for the name of the data set
 *
 * @typedef {object} MeasureOptions
 * @property {number} [seed] of the bootstrap
 * @property {number} [resamples] of the bootstrap
 * @property {number} [worst] how many false matches and false non-matches to list
 * @property {readonly KnownThreshold[]} [thresholds] to be judged on these pictures, a manifest's operating points say
 *
 * Plain data, ready for JSON.
 * @typedef {object} Report
 * @property {number} pictures
 * @property {number} embedded pictures with an embedding: only they are in pairs
 * @property {number} identities of the embedded pictures
 * @property {number} genuinePairs
 * @property {number} impostorPairs
 * @property {string[]} notes what these pictures cannot tell, in sentences
 * @property {import('./failures.mjs').Failures} failures
 * @property {{ refused: number, reasons: Record<string, number> }} quality what the quality gate would refuse (nothing is left out of the pairs for it)
 * @property {PairRates['operatingPoints']} operatingPoints
 * @property {Measurement} measurement
 * @property {PairRates['equalErrorRate']} equalErrorRate
 * @property {PairRates['curve']} curve
 * @property {PairRates['atThresholds']} atThresholds
 * @property {import('./scoreHistogram.mjs').ScoreHistogram} histogram
 * @property {{ falseMatches: FilePair[], falseNonMatches: FilePair[] }} worst the closest strangers and the most distant pairs of one person, whatever the threshold
 * @property {import('./groupTable.mjs').GroupTable | null} groups
 */

/**
 * Everything that all pairs of a set of pictures tell about a model.
 * @param {readonly Sample[]} samples
 * @param {MeasureOptions} [options]
 * @returns {Report}
 */
export function measure(samples, { seed = 1, resamples = RESAMPLES, worst = 20, thresholds = [] } = {}) {
  const prepared = prepareSamples(samples);
  const { embeddings, person, names } = prepared;
  const table = distanceTable(embeddings);
  const closest = shortList(worst);
  const furthest = shortList(worst);
  let listed = false;
  const rates = measurePairs({
    people: names.length,
    thresholds,
    seed,
    resamples,
    forEachPair: (visit) => {
      for (let i = 0; i < embeddings.length; i++) {
        for (let j = 0; j < i; j++) {
          const distance = table(i, j);
          if (!listed) {
            if (person[i] === person[j]) furthest.offer(-distance, j, i);
            else closest.offer(distance, j, i);
          }
          visit(person[i], person[j], distance);
        }
      }
      listed = true; // the same pairs come again for the bootstrap
    },
  });
  const { genuinePairs, impostorPairs } = rates;
  const files = (/** @type {ReturnType<typeof shortList>} */ { list }) =>
    list.map(({ rank, i, j }) => ({ a: prepared.samples[i].file, b: prepared.samples[j].file, distance: Math.abs(rank) }));

  return {
    pictures: samples.length,
    embedded: embeddings.length,
    identities: names.length,
    genuinePairs,
    impostorPairs,
    notes: notes(embeddings.length, rates),
    failures: failures(samples),
    quality: {
      refused: samples.filter(({ reasons }) => reasons.length > 0).length,
      reasons: count(samples.flatMap(({ reasons }) => reasons)),
    },
    operatingPoints: rates.operatingPoints,
    measurement: {
      identities: names.length,
      genuinePairs,
      impostorPairs,
      method: `all pairs of ${embeddings.length} pictures, one embedding each, no quality gate; 95 % intervals: ${resamples} bootstrap resamples of the identities`,
    },
    equalErrorRate: rates.equalErrorRate,
    curve: rates.curve,
    atThresholds: rates.atThresholds,
    histogram: scoreHistogram(rates.genuine, rates.impostor),
    worst: { falseMatches: files(closest), falseNonMatches: files(furthest) },
    groups: groupTable(
      prepared,
      rates.operatingPoints.filter(({ fmr }) => GROUP_RATES.includes(fmr)),
      { seed, resamples },
    ),
  };
}

/** @param {number} embedded @param {PairRates} rates */
function notes(embedded, { genuinePairs, impostorPairs, genuinePeople, impostorPeople, operatingPoints }) {
  const out = [];
  if (embedded === 0) return ['No picture has a usable face: there is nothing to compare.'];
  if (impostorPairs === 0)
    out.push('All pictures show one person: there are no pairs of strangers, so no false match rate can be measured.');
  if (genuinePairs === 0)
    out.push('Nobody has two usable pictures: there are no genuine pairs, so no false non-match rate can be measured.');
  if (genuinePairs > 0 && impostorPairs > 0 && operatingPoints.length === 0) {
    out.push(`There are too few pairs of strangers (${impostorPairs}) for operating points: 300 support a false match rate of 1 in 10.`);
  }
  if (impostorPairs > 0 && impostorPeople < 2 * MIN_INDEPENDENT) {
    out.push(`Intervals of false match rates take ${2 * MIN_INDEPENDENT} people or more; there are ${impostorPeople}.`);
  }
  if (genuinePairs > 0 && genuinePeople < MIN_INDEPENDENT) {
    out.push(`Intervals of false non-match rates take ${MIN_INDEPENDENT} people with two pictures or more; there are ${genuinePeople}.`);
  }
  return out;
}

/** @param {string[]} words @returns {Record<string, number>} */
function count(words) {
  /** @type {Record<string, number>} */
  const out = {};
  for (const word of words) out[word] = (out[word] ?? 0) + 1;
  return out;
}
