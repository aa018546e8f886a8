import type { Cohort } from '../../shared/Cohort.js';
import { genuinePairs } from './genuinePairs.js';
import type { KnownThreshold } from './KnownThreshold.js';
import { prepareSamples } from './prepareSamples.js';
import type { Sample } from './Sample.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { shuffled } from './shuffled.js';

/** False match rates whose thresholds stay fixed while pictures are refused. */
export const RATES = [1e-2, 1e-3];
const STEP = 0.05;
const MOST = 0.5;
const SEED = 1;
/** Measures for which less is better; for all others, more is better. */
const LESS_IS_BETTER = new Set(['yaw', 'pitch', 'roll', 'mouthOpen', 'occlusion']);

export interface DiscardPoint {
  /** Share of the pictures that is discarded, 0 … 1. */
  readonly discarded: number;
  /** The value of the measure for the worst picture that is kept. */
  readonly limit: number;
  /** Genuine pairs of kept pictures. */
  readonly pairs: number;
  readonly refused: number;
  /** Share of these pairs that is refused; null if there are none. */
  readonly fnmr: number | null;
}

/** Plain data, ready for JSON. */
export interface DiscardCurve {
  readonly measure: string;
  readonly lessIsBetter: boolean;
  /** The false match rate whose threshold stays fixed. */
  readonly fmr: number;
  readonly threshold: number;
  readonly points: readonly DiscardPoint[];
}

/**
 * Error versus discard characteristics (Grother and Tabassi, "Performance of biometric quality measures", 2007; ISO/IEC 29794-1): the share
 * of genuine pairs that is refused at a fixed threshold when the pictures that a measure calls worst are left out; among equal ones the lot
 * decides, the same in every run.
 * @returns one curve per measure and rate; empty without measures, genuine pairs or thresholds at 1 in 100 or 1 in 1,000
 */
export function discardCurves(
  samples: readonly Sample[],
  { thresholds, cohort = null }: { readonly thresholds: readonly KnownThreshold[]; readonly cohort?: Cohort | null },
): DiscardCurve[] {
  const usable = prepareSamples(samples).samples.filter(({ measures }) => measures);
  const pairs = genuinePairs(usable, cohort);
  if (pairs.length === 0) return [];
  const held = thresholds.filter(({ fmr }) => RATES.includes(fmr));
  // Files come in an order that says something, such as one person or one camera after the other: it must not break ties.
  const lots = shuffled(
    usable.map((_, i) => i),
    seededRandom(SEED),
  );
  return Object.keys(usable[0]!.measures ?? {}).flatMap((measure) => {
    const lessIsBetter = LESS_IS_BETTER.has(measure);
    const values = usable.map(({ measures }) => measures?.[measure] ?? NaN);
    // Values that are not numbers count as the worst.
    const goodness = values.map((value) => (Number.isFinite(value) ? value * (lessIsBetter ? -1 : 1) : -Infinity));
    const worstFirst = [...lots].sort((a, b) => goodness[a]! - goodness[b]! || 0); // equal ones stay in their order
    const rank = new Int32Array(usable.length);
    worstFirst.forEach((picture, place) => (rank[picture] = place));
    return held.map(({ fmr, threshold }) => ({
      measure,
      lessIsBetter,
      fmr,
      threshold,
      points: Array.from({ length: Math.round(MOST / STEP) + 1 }, (_, i) => {
        const discarded = Number((i * STEP).toFixed(2));
        const first = Math.floor(discarded * usable.length);
        const left = pairs.filter(({ a, b }) => rank[a]! >= first && rank[b]! >= first);
        const refused = left.filter(({ distance }) => distance > threshold).length;
        const fnmr = left.length > 0 ? refused / left.length : null;
        return { discarded, limit: values[worstFirst[first]!]!, pairs: left.length, refused, fnmr };
      }),
    }));
  });
}
