import type { Cohort } from '../../shared/Cohort.js';
import { distanceTable } from './distanceTable.js';
import type { Split } from './drawFrames.js';
import type { Pictured, TemplateMethod } from './templateMethods.js';
import { thresholdAtRate } from './thresholdAtRate.js';

/**
 * The closest pairs of strangers are kept for the bootstrap, whose thresholds differ between resamples: this many times as many as the
 * highest rate allows.
 */
const TAIL = 3;

export type Method = Pick<TemplateMethod, 'keep' | 'compare'>;

/** Splits with one picture in each probe. */
type PicturedSplit = Split<Pictured>;

/** p and q are indices of people. */
interface PersonPair {
  readonly p: number;
  readonly q: number;
  readonly distance: number;
}

export interface MethodErrorOptions {
  readonly rates: readonly number[];
  /** How often each person is in each resample. */
  readonly drawn: readonly Uint8Array[];
  /** Pairs of strangers in each resample, see `strangersIn`. */
  readonly strangers: readonly number[];
  /** With it, distances are normalized; default null. */
  readonly cohort?: Cohort | null;
}

export interface MethodErrors {
  readonly fmr: number;
  readonly threshold: number;
  readonly fnmr: number;
  /** The share refused in each resample, at that resample's own threshold. */
  readonly resampled: Float64Array;
}

/**
 * The genuine pairs that one way of keeping templates refuses at false match rates, with thresholds from its own pairs of strangers.
 * @param splits with probes of one picture
 * @returns one entry per rate
 */
export function methodErrors(
  method: Method,
  splits: readonly PicturedSplit[],
  { rates, drawn, strangers, cohort = null }: MethodErrorOptions,
): MethodErrors[] {
  const measured = splits.map((split) => ({ ...split, distances: distancesOf(split, method, cohort) }));
  const genuine: PersonPair[] = [];
  const impostor = new Float32Array(measured.reduce((sum, { distances }) => sum + distances.length, 0));
  let count = 0;
  forEachPair(measured, (p, q, distance) => {
    if (p === q) genuine.push({ p, q, distance });
    else impostor[count++] = distance;
  });
  const sorted = impostor.subarray(0, count).sort();
  const furthest = thresholdAtRate(sorted, Math.min(1, TAIL * Math.max(...rates)));
  const close: PersonPair[] = [];
  forEachPair(measured, (p, q, distance) => {
    if (p !== q && distance <= furthest) close.push({ p, q, distance });
  });
  close.sort((a, b) => a.distance - b.distance);

  const thresholds = drawn.map((weight, k) =>
    resampledThresholds(
      close,
      weight,
      rates.map((rate) => rate * strangers[k]!),
    ),
  );
  return rates.map((fmr, i) => {
    const threshold = thresholdAtRate(sorted, fmr);
    return {
      fmr,
      threshold,
      fnmr: refusedShare(genuine, threshold, null),
      resampled: Float64Array.from(drawn, (weight, k) => refusedShare(genuine, thresholds[k]![i]!, weight)),
    };
  });
}

/** The distance from every template to every probe, template by template. */
function distancesOf({ templates, probes }: PicturedSplit, { keep, compare }: Method, cohort: Cohort | null): Float32Array {
  const kept = templates.map(({ frames }) => keep(frames));
  const between = distanceTable(
    kept.flat(),
    probes.map(({ frames }) => frames[0]!.embedding),
    cohort,
  );
  const out = new Float32Array(templates.length * probes.length);
  let row = 0;
  kept.forEach(({ length }, i) => {
    const own = new Array<number>(length).fill(0);
    for (let j = 0; j < probes.length; j++) {
      for (let r = 0; r < length; r++) own[r] = between(row + r, j);
      out[i * probes.length + j] = compare(own);
    }
    row += length;
  });
  return out;
}

function forEachPair(
  splits: readonly (PicturedSplit & { distances: Float32Array })[],
  visit: (p: number, q: number, distance: number) => void,
): void {
  for (const { templates, probes, distances } of splits) {
    let at = 0;
    for (const { person: p } of templates) for (const { person: q } of probes) visit(p, q, distances[at++]!);
  }
}

/**
 * For each allowed number of pairs, the largest of the kept distances up to which no more pairs pass.
 * @param ascending pairs of strangers, by distance
 * @param allowed numbers of pairs
 */
function resampledThresholds(ascending: readonly PersonPair[], weight: Uint8Array, allowed: readonly number[]): number[] {
  return allowed.map((most) => {
    let passed = 0;
    let at = 0;
    for (; at < ascending.length; at++) {
      const { p, q } = ascending[at]!;
      passed += weight[p]! * weight[q]!;
      if (passed > most + 1e-6) break;
    }
    return at === 0 ? 0 : ascending[at - 1]!.distance;
  });
}

/** `weight`: how often each person counts; null: everyone counts once. */
function refusedShare(genuine: readonly PersonPair[], threshold: number, weight: Uint8Array | null): number {
  let [all, above] = [0, 0];
  for (const { p, distance } of genuine) {
    const times = weight === null ? 1 : weight[p]!;
    all += times;
    if (distance > threshold) above += times;
  }
  return above / all;
}
