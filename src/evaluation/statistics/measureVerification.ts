import type { Cohort } from '../../shared/Cohort.js';
import { distanceTable } from './distanceTable.js';
import { failures } from './failures.js';
import { groupTable } from './groupTable.js';
import { MIN_INDEPENDENT } from './interval.js';
import type { KnownThreshold } from './KnownThreshold.js';
import { measurePairs, RESAMPLES } from './measurePairs.js';
import type { PairRates } from './PairRates.js';
import { prepareSamples } from './prepareSamples.js';
import type { Sample } from './Sample.js';
import { scoreHistogram } from './scoreHistogram.js';
import { shortList, type ShortList } from './shortList.js';
import type { VerificationReport } from './VerificationReport.js';

/** False match rates at which the groups are compared. */
const GROUP_RATES = [1e-2, 1e-3];

export interface MeasureOptions {
  /** Seed of the bootstrap: the same seed gives the same intervals. Default 1. */
  readonly seed?: number;
  /** Number of bootstrap resamples. Default 200. */
  readonly resamples?: number;
  /** How many false matches and false non-matches to list. Default 20. */
  readonly worst?: number;
  /** Thresholds to test on these pictures, such as the operating points that come with a model. */
  readonly thresholds?: readonly KnownThreshold[];
  /** Decides by normalized distances: `verifier.info.normalized.cohort`. Default: by plain ones. */
  readonly cohort?: Cohort | null;
  /** The smallest rate to extrapolate operating points to, see `fitTail`. Default: none are extrapolated. */
  readonly extrapolateTo?: number | undefined;
}

/**
 * Everything that all pairs of a set of pictures tell about a model: error rates at every threshold, operating points and the equal error
 * rate with 95 % intervals (bootstrap over the people), and the pairs that go wrong first.
 *
 * Time grows with the square of the number of pictures, some seconds for 4,000: call it in a worker. Throws a TypeError that names the
 * first picture without a file or an identity, or with an embedding unlike the others', and a RangeError for a file that occurs twice.
 */
export function measureVerification(
  samples: readonly Sample[],
  { seed = 1, resamples = RESAMPLES, worst = 20, thresholds = [], cohort = null, extrapolateTo }: MeasureOptions = {},
): VerificationReport {
  const prepared = prepareSamples(samples);
  const { embeddings, person, names } = prepared;
  const table = distanceTable(embeddings, embeddings, cohort);
  const closest = shortList(worst);
  const furthest = shortList(worst);
  let listed = false;
  const rates = measurePairs({
    people: names.length,
    thresholds,
    extrapolateTo,
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
          visit(person[i]!, person[j]!, distance);
        }
      }
      listed = true; // the same pairs are visited again for the bootstrap
    },
  });
  const { genuinePairs, impostorPairs } = rates;
  const files = ({ list }: ShortList) =>
    list.map(({ rank, i, j }) => ({ a: prepared.samples[i]!.file, b: prepared.samples[j]!.file, distance: Math.abs(rank) }));

  return {
    pictures: samples.length,
    embedded: embeddings.length,
    identities: names.length,
    genuinePairs,
    impostorPairs,
    notes: notes(embeddings.length, rates),
    failures: failures(samples),
    quality: {
      refused: samples.filter(({ reasons = [] }) => reasons.length > 0).length,
      reasons: count(samples.flatMap(({ reasons = [] }) => reasons)),
    },
    operatingPoints: rates.operatingPoints,
    measurement: {
      identities: names.length,
      genuinePairs,
      impostorPairs,
      method: `${cohort ? 'normalized distances, ' : ''}all pairs of ${embeddings.length} pictures, one embedding each, no quality gate; 95 % intervals: ${resamples} bootstrap resamples of the identities`,
    },
    equalErrorRate: rates.equalErrorRate,
    curve: rates.curve,
    atThresholds: rates.atThresholds,
    histogram: scoreHistogram(rates.genuine, rates.impostor),
    worst: { falseMatches: files(closest), falseNonMatches: files(furthest) },
    groups: groupTable(
      prepared,
      rates.operatingPoints.filter(({ fmr, extrapolated }) => GROUP_RATES.includes(fmr) && !extrapolated),
      { seed, resamples, cohort },
    ),
  };
}

function notes(embedded: number, { genuinePairs, impostorPairs, genuinePeople, impostorPeople, operatingPoints }: PairRates): string[] {
  const out: string[] = [];
  if (embedded === 0) return ['No picture has a usable face: there is nothing to compare.'];
  if (impostorPairs === 0)
    out.push('All pictures show one person: there are no pairs of strangers, so no false match rate can be measured.');
  if (genuinePairs === 0)
    out.push('Nobody has two usable pictures: there are no genuine pairs, so no false non-match rate can be measured.');
  if (genuinePairs > 0 && impostorPairs > 0 && operatingPoints.length === 0) {
    out.push(`There are too few pairs of strangers (${impostorPairs}) for operating points: 300 support a false match rate of 1 in 10.`);
  }
  if (impostorPairs > 0 && impostorPeople < 2 * MIN_INDEPENDENT) {
    out.push(`Intervals of false match rates need ${2 * MIN_INDEPENDENT} people or more; there are ${impostorPeople}.`);
  }
  if (genuinePairs > 0 && genuinePeople < MIN_INDEPENDENT) {
    out.push(
      `Intervals of false non-match rates need ${MIN_INDEPENDENT} people or more with two pictures each; there are ${genuinePeople}.`,
    );
  }
  return out;
}

function count(words: readonly string[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const word of words) out[word] = (out[word] ?? 0) + 1;
  return out;
}
