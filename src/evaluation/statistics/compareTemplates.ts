import { drawFrames } from './drawFrames.js';
import { drawResamples } from './drawResamples.js';
import { gainInterval } from './gainInterval.js';
import { interval, type Interval } from './interval.js';
import type { KnownThreshold } from './KnownThreshold.js';
import { MIN_FALSE_MATCHES, RESAMPLES } from './measurePairs.js';
import { methodErrors } from './methodErrors.js';
import { prepareSamples } from './prepareSamples.js';
import type { Sample } from './Sample.js';
import type { Cohort } from '../../shared/Cohort.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { strangersIn } from './strangersIn.js';
import { templateMethods, type Pictured } from './templateMethods.js';

/** False match rates at which the methods are compared, if the pairs support them. */
const RATES = [1e-2, 1e-3] as const;
/** Numbers of pictures in a template. */
const TEMPLATE_SIZES = [2, 3, 5];

export interface TemplateOptions {
  /** With it, methods are compared by normalized distances; default null. */
  readonly cohort?: Cohort | null;
  /** Those of plain distances between single pictures: they say when a picture is too far from the others of its template. */
  readonly thresholds: readonly KnownThreshold[];
  readonly sizes?: readonly number[];
  readonly seed?: number;
  /** Number of random splits. */
  readonly repetitions?: number;
  /** Number of bootstrap resamples. */
  readonly resamples?: number;
}

/** The errors of one way of keeping templates, at one false match rate. */
export interface MethodAt {
  readonly fmr: number;
  /** From this method's own pairs of strangers. */
  readonly threshold: number;
  readonly fnmr: number;
  /** 95 % interval: bootstrap over people, with the threshold chosen anew in each resample. */
  readonly interval: Interval | null;
  /** Share of genuine pairs refused by the plain mean minus the share refused by this method; above 0 if this method is better. */
  readonly gain: number;
  /** Null where resampling says nothing of it, such as where neither refuses a pair. */
  readonly gainInterval: Interval | null;
}

/** Plain data, ready for JSON. */
export interface TemplateComparison {
  readonly templateFrames: number;
  readonly repetitions: number;
  /** People with at least one picture more than a template takes; only these are in genuine pairs. */
  readonly people: number;
  /** Of all repetitions. */
  readonly genuinePairs: number;
  /** Of all repetitions. */
  readonly impostorPairs: number;
  /** The plain mean first. */
  readonly methods: readonly { readonly name: string; readonly at: readonly MethodAt[] }[];
}

/**
 * What different ways of keeping several pictures of a person in a template are worth, with single pictures as probes. The pictures that go
 * into templates are drawn at random, again in each repetition.
 * @returns one comparison per size; a size that supports none of the rates is left out
 */
export function compareTemplates(samples: readonly Sample[], options: TemplateOptions): TemplateComparison[] {
  const { thresholds, cohort = null, sizes = TEMPLATE_SIZES, seed = 1, repetitions = 5, resamples = RESAMPLES } = options;
  const { samples: usable, person, names } = prepareSamples(samples);
  const pictures: Pictured[][] = names.map(() => []);
  usable.forEach(({ embedding, measures }, i) => {
    pictures[person[i]!]!.push({ embedding, score: measures?.score ?? 1 });
  });
  const limits = { lax: nearest(thresholds, RATES[0]), strict: nearest(thresholds, RATES[1]) };
  const random = seededRandom(seed);
  const drawn = drawResamples(names.length, resamples, random);
  return sizes.flatMap((templateFrames) => {
    const splits = Array.from({ length: repetitions }, () => drawFrames(pictures, templateFrames, 1, random));
    const own = pictures.map(({ length }) => Math.max(0, length - templateFrames));
    const genuinePairs = repetitions * own.reduce((sum, probes) => sum + probes, 0);
    const pairsOf = (weight: Uint8Array) => splits.reduce((sum, split) => sum + strangersIn(split, weight), 0);
    const impostorPairs = pairsOf(new Uint8Array(names.length).fill(1));
    const rates: number[] = RATES.filter((rate) => (rate * impostorPairs) / repetitions >= MIN_FALSE_MATCHES);
    if (genuinePairs === 0 || rates.length === 0) return [];
    const strangers = drawn.map(pairsOf);
    const measured = templateMethods(limits).map(({ name, ...method }) => ({
      name,
      errors: methodErrors(method, splits, { rates, drawn, strangers, cohort }),
    }));
    const plain = measured[0]!;
    const people = own.filter((probes) => probes > 0).length;
    const methods = measured.map(({ name, errors }) => ({
      name,
      at: errors.map(({ fmr, threshold, fnmr, resampled }, i) => ({
        fmr,
        threshold,
        fnmr,
        interval: interval(resampled, fnmr, people),
        gain: plain.errors[i]!.fnmr - fnmr,
        gainInterval: gainInterval(
          resampled.map((value, k) => plain.errors[i]!.resampled[k]! - value),
          [plain.errors[i]!.fnmr, fnmr],
          people,
        ),
      })),
    }));
    return [{ templateFrames, repetitions, people, genuinePairs, impostorPairs, methods }];
  });
}

/** The threshold at the nearest rate; without any, no distance is too far. */
function nearest(points: readonly KnownThreshold[], rate: number): number {
  const off = ({ fmr }: { fmr: number }) => Math.abs(Math.log(fmr / rate));
  return [...points].sort((a, b) => off(a) - off(b))[0]?.threshold ?? Infinity;
}
