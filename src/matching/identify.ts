import type { Cohort } from '../shared/Cohort.js';
import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { describe } from '../shared/describe.js';
import type { OperatingPoint } from '../shared/Manifest.js';
import { Gallery, isGallery, type GallerySource, type NormalizedDistances, type PackedGallery } from './Gallery.js';
import { fmrForFpir, fpirForFmr } from './identificationRate.js';
import { assertPoints, isExtrapolated, thresholdAt } from './operatingCurve.js';

/** The false positive identification rate at which `identify` decides by default: 1 in 100. */
export const DEFAULT_FPIR = 1e-2;

export interface IdentifyOptions {
  /**
   * False positive identification rate: how often somebody who is not enrolled may be mistaken for anyone in the gallery; default 1e-2. The
   * threshold gets stricter as the gallery grows, see `fmrForFpir`.
   */
  fpir?: number;
  /**
   * The model's measured curve. With `cohort`: `verifier.info.normalized.operatingPoints` for single pictures,
   * `curveFor(verifier.info.normalized, …)` if several were fused; without: the same of `verifier.info`.
   */
  operatingPoints: readonly OperatingPoint[];
  /** `verifier.info.normalized.cohort`: decides by normalized distances. Default: by plain ones. */
  cohort?: Cohort | undefined;
  /** How many of the closest people to list; default 5. */
  candidates?: number;
}

const OPTIONS: OptionNames<IdentifyOptions> = { fpir: true, operatingPoints: true, cohort: true, candidates: true };

export interface Candidate {
  readonly id: string;
  /** Euclidean distance to the closest embedding with this id, 0 … 2. */
  readonly distance: number;
  /** The normalized distance to it, by which it is the closest; `distance` without a cohort. */
  readonly normalizedDistance: number;
}

export interface IdentifyResult {
  /** Whether the closest person is close enough: at or below the threshold. */
  readonly match: boolean;
  /** That person's id; null without a match. */
  readonly id: string | null;
  /** The Euclidean distance to the closest person, match or not; null if the gallery is empty. */
  readonly distance: number | null;
  /** What is compared with the threshold; `distance` without a cohort. */
  readonly normalizedDistance: number | null;
  /** The threshold of `normalizedDistance` for this gallery's size. */
  readonly threshold: number;
  /** The false match rate of a single comparison at that threshold. */
  readonly fmr: number;
  /** Whether so small a rate could not be counted, so that the threshold comes from a curve fitted to the closest strangers. */
  readonly extrapolated: boolean;
  /** The closest people, closest first; those at equal distance are ordered by the UTF-16 code units of their ids. */
  readonly candidates: readonly Candidate[];
}

/**
 * Who in the gallery is this (1:N)? The closest person, if close enough for a gallery of this size. Every entry is a comparison in which a
 * stranger might get through, so the threshold is corrected for the number of entries, even if several belong to one person. In an empty
 * gallery nobody matches.
 *
 * Against a `Gallery` of 10,000 × 128 values it takes about 4 ms (Node 20, 2.5 GHz). Entries in any other form are checked and packed on
 * every call, which takes about 20 ms; with a cohort they are also compared with it, which takes about a second: a `Gallery` does that once, and
 * in slices by `gallery.prepare(cohort)`.
 *
 * Throws a TypeError for anything that is not an embedding or a gallery, and a RangeError for a rate that the model's data do not support
 * at this gallery size; the message says which rates and which sizes they do support.
 */
export function identify(embedding: Float32Array, gallery: PackedGallery | GallerySource, options: IdentifyOptions): IdentifyResult {
  assertOptions(options, OPTIONS, 'identify');
  const { fpir = DEFAULT_FPIR, operatingPoints, cohort, candidates: limit = 5 } = options;
  if (!(limit >= 1)) throw new RangeError(`expected a number of candidates, at least 1, got ${describe(limit)}`);
  const people = isGallery(gallery) ? gallery : new Gallery(gallery);
  const { fmr, threshold } = decisionAt(fpir, Math.max(people.size, 1), operatingPoints);
  const candidates = closest(people.ids, distancesTo(people, embedding, cohort), limit);
  const [first] = candidates;
  const match = first !== undefined && first.normalizedDistance <= threshold;
  const { distance, normalizedDistance } = first ?? { distance: null, normalizedDistance: null };
  const extrapolated = isExtrapolated(operatingPoints, fmr);
  return { match, id: match ? first.id : null, distance, normalizedDistance, threshold, fmr, extrapolated, candidates };
}

/** By a cohort where there is one, else both plain. */
export function distancesTo(people: PackedGallery, embedding: Float32Array, cohort: Cohort | undefined): NormalizedDistances {
  if (cohort) return people.normalizedDistances(embedding, cohort);
  const plain = people.distances(embedding);
  return { normalized: plain, plain };
}

function closest(ids: readonly string[], { normalized: distances, plain }: NormalizedDistances, limit: number): Candidate[] {
  // Sorting plain numbers first leaves only a few candidates to be sorted by id.
  const furthest = distances.length > limit ? distances.slice().sort()[Math.floor(limit) - 1]! : Infinity;
  const near: Candidate[] = [];
  distances.forEach((distance, i) => {
    if (distance <= furthest) near.push({ id: ids[i]!, distance: plain[i]!, normalizedDistance: distance });
  });
  return near.sort((a, b) => a.normalizedDistance - b.normalizedDistance || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

/** Rates within this relative distance of an end of the measured range count as that end, so that rounding does not decide. */
const ROUNDING = 1e-9;

function decisionAt(fpir: number, size: number, points: readonly OperatingPoint[]): { fmr: number; threshold: number } {
  assertPoints(points);
  const rates = points.map((point) => point.fmr);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  const wanted = fmrForFpir(fpir, size);
  const fmr = [least, most].find((end) => Math.abs(wanted / end - 1) < ROUNDING) ?? wanted;
  if (points.length > 0 && !(fmr >= least && fmr <= most)) throw unsupported(fpir, size, least, most);
  return { fmr, threshold: thresholdAt(points, fmr) };
}

function unsupported(fpir: number, size: number, least: number, most: number): RangeError {
  // A curve may end at 1, where everybody is mistaken for somebody.
  const rateAt = (fmr: number) => (fmr < 1 ? fpirForFmr(fmr, size) : 1);
  const [from, to] = [roundInwards(rateAt(least), 1), roundInwards(rateAt(most), -1)];
  const comparisons = (fmr: number) => (Math.log1p(-fpir) / Math.log1p(-fmr)) * (1 + (fmr === least ? ROUNDING : -ROUNDING) / 2);
  const [fewest, largest] = [Math.max(1, Math.ceil(comparisons(most))), Math.floor(comparisons(least))];
  const entries = `${size} ${size === 1 ? 'entry' : 'entries'}`;
  const rates = from < 1 ? `an fpir between ${from} and ${to} for a gallery of ${entries}` : `a smaller gallery than one of ${entries}`;
  const sizes = largest >= fewest ? `a gallery of ${fewest} to ${largest} entries` : 'no gallery of any size';
  return new RangeError(`expected ${rates}, the range this model was measured at, got ${fpir}, which the model supports for ${sizes}`);
}

/** Rounds to three significant digits, up (1) or down (-1). */
function roundInwards(rate: number, direction: 1 | -1): number {
  const unit = 10 ** (Math.floor(Math.log10(rate)) - 2);
  const steps = (rate / unit) * (1 - (direction * ROUNDING) / 2);
  return Number(((direction > 0 ? Math.ceil(steps) : Math.floor(steps)) * unit).toPrecision(3));
}
