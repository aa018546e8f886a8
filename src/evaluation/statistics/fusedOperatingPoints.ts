import type { Cohort } from '../../shared/Cohort.js';
import { meanEmbedding } from '../../matching/meanEmbedding.js';
import { distanceTable } from './distanceTable.js';
import { drawFrames } from './drawFrames.js';
import type { KnownThreshold } from './KnownThreshold.js';
import { measurePairs, RESAMPLES } from './measurePairs.js';
import type { PairRates } from './PairRates.js';
import { prepareSamples } from './prepareSamples.js';
import type { Sample } from './Sample.js';
import { seededRandom } from '../../shared/seededRandom.js';
import type { UnnamedMeasurement } from './VerificationReport.js';

export interface FusedOptions {
  /** Pictures in a template. */
  readonly templateFrames: number;
  /** Pictures in a probe. */
  readonly probeFrames: number;
  /** Seed of the splits and of the bootstrap. Default 1. */
  readonly seed?: number;
  /** Number of random splits. Default 5. */
  readonly repetitions?: number;
  /** Number of bootstrap resamples. Default 200. */
  readonly resamples?: number;
  /** Use genuine pairs only of people with at least this many pictures, which makes different numbers of frames comparable. */
  readonly minPictures?: number;
  /** Thresholds to test on fused frames, such as those for single pictures. */
  readonly thresholds?: readonly KnownThreshold[];
  /** Decides by normalized distances: `verifier.info.normalized.cohort`. Default: by plain ones. */
  readonly cohort?: Cohort | null;
  /** The smallest rate to extrapolate operating points to, see `fitTail`. Default: none are extrapolated. */
  readonly extrapolateTo?: number | undefined;
}

/** Plain data, ready for JSON. */
export interface FusedReport {
  readonly templateFrames: number;
  readonly probeFrames: number;
  readonly repetitions: number;
  /** People with enough pictures for a template and a probe; only these are in genuine pairs. */
  readonly identities: number;
  /** People with enough pictures for a template or a probe. */
  readonly impostorIdentities: number;
  /** Of all repetitions. */
  readonly genuinePairs: number;
  /** Of all repetitions. */
  readonly impostorPairs: number;
  readonly notes: readonly string[];
  readonly operatingPoints: PairRates['operatingPoints'];
  readonly measurement: UnnamedMeasurement;
  readonly equalErrorRate: PairRates['equalErrorRate'];
  readonly curve: PairRates['curve'];
  readonly atThresholds: PairRates['atThresholds'];
}

/**
 * Operating points for templates and probes that are fused from several pictures (normalized means). The pictures are drawn at random in
 * each repetition, so that none is in both. Throws a RangeError for a number of frames or repetitions below 1, and otherwise as
 * `measureVerification` does.
 */
export function fusedOperatingPoints(samples: readonly Sample[], options: FusedOptions): FusedReport {
  const { templateFrames, probeFrames, seed = 1, repetitions = 5, resamples = RESAMPLES, minPictures = 0, thresholds = [] } = options;
  const { cohort = null, extrapolateTo } = options;
  for (const [name, value] of Object.entries({ templateFrames, probeFrames, repetitions })) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`expected ${name} of 1 or more, got ${value}`);
  }
  const { embeddings, person, names } = prepareSamples(samples);
  const pictures: Float32Array[][] = names.map(() => []);
  embeddings.forEach((embedding, i) => pictures[person[i]!]!.push(embedding));
  const enough = Math.max(templateFrames + probeFrames, minPictures);
  const genuine = pictures.map(({ length }) => length >= enough);

  const random = seededRandom(seed);
  const splits = Array.from({ length: repetitions }, () => {
    const { templates, probes } = drawFrames(pictures, templateFrames, probeFrames, random);
    const table = distanceTable(
      templates.map(({ frames }) => meanEmbedding(frames)),
      probes.map(({ frames }) => meanEmbedding(frames)),
      cohort,
    );
    return { templates, probes, table };
  });
  const { operatingPoints, equalErrorRate, curve, atThresholds, genuinePairs, impostorPairs, impostorPeople } = measurePairs({
    people: names.length,
    thresholds,
    repetitions,
    extrapolateTo,
    seed,
    resamples,
    forEachPair: (visit) => {
      for (const { templates, probes, table } of splits) {
        templates.forEach((template, i) => {
          for (let j = 0; j < probes.length; j++) {
            const [p, q] = [template.person, probes[j]!.person];
            if (p !== q || genuine[p]) visit(p, q, table(i, j));
          }
        });
      }
    },
  });
  const identities = genuine.filter(Boolean).length;
  const notes: string[] = [];
  if (identities === 0) notes.push(`Nobody has ${enough} usable pictures: there are no genuine pairs.`);
  if (impostorPairs === 0) notes.push('There are no pairs of a template and a stranger’s probe.');
  else if (identities > 0 && operatingPoints.length === 0) notes.push('There are too few pairs of strangers for operating points.');
  return {
    templateFrames,
    probeFrames,
    repetitions,
    identities,
    impostorIdentities: impostorPeople,
    genuinePairs,
    impostorPairs,
    notes,
    operatingPoints,
    measurement: { identities: names.length, genuinePairs, impostorPairs, method: method() },
    equalErrorRate,
    curve,
    atThresholds,
  };

  function method(): string {
    const drawn = `templates of ${templateFrames} and probes of ${probeFrames} pictures (normalized means), no picture in both, drawn ${repetitions} times`;
    const own = `genuine pairs of the ${identities} people with ${enough} pictures or more`;
    return `${cohort ? 'normalized distances, ' : ''}${drawn}; ${own}, impostor pairs of ${impostorPeople}; no quality gate; 95 % intervals: ${resamples} bootstrap resamples of the identities`;
  }
}
