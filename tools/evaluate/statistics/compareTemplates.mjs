import { drawFrames } from './drawFrames.mjs';
import { drawResamples } from './drawResamples.mjs';
import { MIN_FALSE_MATCHES, RESAMPLES } from './measurePairs.mjs';
import { methodErrors } from './methodErrors.mjs';
import { middle95 } from './middle95.mjs';
import { prepareSamples } from './prepareSamples.mjs';
import { seededRandom } from './seededRandom.mjs';
import { strangersIn } from './strangersIn.mjs';
import { templateMethods } from './templateMethods.mjs';

/** False match rates that the methods are compared at, where the pairs support them. */
const RATES = [1e-2, 1e-3];
/** Numbers of pictures in a template. */
export const TEMPLATE_SIZES = [2, 3, 5];

/**
 * @typedef {object} TemplateOptions
 * @property {readonly { fmr: number, threshold: number }[]} thresholds single pictures' own: where a picture is too far from the others of its template
 * @property {readonly number[]} [sizes]
 * @property {number} [seed] @property {number} [repetitions] random splits @property {number} [resamples] of the bootstrap
 *
 * @typedef {[number, number] | null} Range
 * @typedef {object} MethodAt
 * @property {number} fmr
 * @property {number} threshold on this method's own pairs of strangers
 * @property {number} fnmr
 * @property {Range} interval 95 %: bootstrap over the people, the threshold chosen anew in each resample
 * @property {number} gain share of genuine pairs refused by the plain mean, less this method's: above 0 where this is better
 * @property {Range} gainInterval
 *
 * Plain data, ready for JSON.
 * @typedef {object} TemplateComparison
 * @property {number} templateFrames
 * @property {number} repetitions
 * @property {number} people with a picture more than a template takes: only they are in genuine pairs
 * @property {number} genuinePairs of all repetitions
 * @property {number} impostorPairs of all repetitions
 * @property {{ name: string, at: MethodAt[] }[]} methods the plain mean first
 */

/**
 * What ways of keeping several pictures of a person in a template are worth, against single pictures as probes, drawn as `drawFrames` does.
 * @param {readonly import('./prepareSamples.mjs').Sample[]} samples
 * @param {TemplateOptions} options
 * @returns {TemplateComparison[]} by size; a size that supports none of the rates is left out
 */
export function compareTemplates(samples, options) {
  const { thresholds, sizes = TEMPLATE_SIZES, seed = 1, repetitions = 5, resamples = RESAMPLES } = options;
  const { samples: usable, person, names } = prepareSamples(samples);
  /** @type {import('./templateMethods.mjs').Pictured[][]} */
  const pictures = names.map(() => []);
  usable.forEach(({ embedding, measures }, i) => {
    if (embedding) pictures[person[i]].push({ embedding, score: measures?.score ?? 1 });
  });
  const limits = { lax: nearest(thresholds, RATES[0]), strict: nearest(thresholds, RATES[1]) };
  const random = seededRandom(seed);
  const drawn = drawResamples(names.length, resamples, random);
  return sizes.flatMap((templateFrames) => {
    const splits = Array.from({ length: repetitions }, () => drawFrames(pictures, templateFrames, 1, random));
    const own = pictures.map(({ length }) => Math.max(0, length - templateFrames));
    const genuinePairs = repetitions * own.reduce((sum, probes) => sum + probes, 0);
    const pairsOf = (/** @type {Uint8Array} */ weight) => splits.reduce((sum, split) => sum + strangersIn(split, weight), 0);
    const impostorPairs = pairsOf(new Uint8Array(names.length).fill(1));
    const rates = RATES.filter((rate) => (rate * impostorPairs) / repetitions >= MIN_FALSE_MATCHES);
    if (genuinePairs === 0 || rates.length === 0) return [];
    const strangers = drawn.map(pairsOf);
    const measured = templateMethods(limits).map(({ name, ...method }) => ({
      name,
      errors: methodErrors(method, splits, { rates, drawn, strangers }),
    }));
    const [plain] = measured;
    const methods = measured.map(({ name, errors }) => ({
      name,
      at: errors.map(({ fmr, threshold, fnmr, resampled }, i) => ({
        fmr,
        threshold,
        fnmr,
        interval: middle95(resampled),
        gain: plain.errors[i].fnmr - fnmr,
        gainInterval: middle95(resampled.map((value, k) => plain.errors[i].resampled[k] - value)),
      })),
    }));
    const people = own.filter((probes) => probes > 0).length;
    return [{ templateFrames, repetitions, people, genuinePairs, impostorPairs, methods }];
  });
}

/** The threshold of the nearest rate; without any, no distance is too far. @param {readonly { fmr: number, threshold: number }[]} points @param {number} rate */
function nearest(points, rate) {
  const off = (/** @type {{ fmr: number }} */ { fmr }) => Math.abs(Math.log(fmr / rate));
  return [...points].sort((a, b) => off(a) - off(b))[0]?.threshold ?? Infinity;
}
