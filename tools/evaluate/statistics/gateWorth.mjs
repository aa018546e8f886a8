import { RATES } from './discardCurves.mjs';
import { drawResamples } from './drawResamples.mjs';
import { genuinePairs } from './genuinePairs.mjs';
import { RESAMPLES } from './measurePairs.mjs';
import { middle95 } from './middle95.mjs';
import { prepareSamples } from './prepareSamples.mjs';
import { seededRandom } from './seededRandom.mjs';
import { shuffled } from './shuffled.mjs';

/**
 * @typedef {[number, number] | null} Range 95 %
 * @typedef {object} GateAt
 * @property {number} fmr
 * @property {number} threshold held, whatever is refused
 * @property {number | null} before share of all genuine pairs that is refused
 * @property {Range} beforeInterval bootstrap over the people
 * @property {number | null} after the same of the pairs of pictures that pass
 * @property {Range} afterInterval
 * @property {number | null} gain the difference: above 0 where the gate helps
 * @property {Range} gainInterval
 * @property {Range} random `after`, had as many pictures been refused by lot
 *
 * Plain data, ready for JSON.
 * @typedef {object} GateWorth
 * @property {number} pictures with a face
 * @property {number} refused by the gate
 * @property {number} pairs genuine ones
 * @property {number} pairsKept of two pictures that pass
 * @property {GateAt[]} at
 * @property {{ reason: string, refused: number, after: (number | null)[] }[]} reasons each alone, `after` in the order of `at`; commonest first
 */

/**
 * What refusing the pictures that the quality gate refuses does to errors, at thresholds that stay where they are.
 * @param {readonly import('./prepareSamples.mjs').Sample[]} samples
 * @param {{ thresholds: readonly { fmr: number, threshold: number }[], seed?: number, resamples?: number }} options
 * @returns {GateWorth | null} null without genuine pairs or a threshold at 1 in 100 or 1 in 1,000
 */
export function gateWorth(samples, { thresholds, seed = 1, resamples = RESAMPLES }) {
  const { samples: usable, person, names } = prepareSamples(samples);
  const pairs = genuinePairs(usable);
  const held = thresholds.filter(({ fmr }) => RATES.includes(fmr));
  if (pairs.length === 0 || held.length === 0) return null;
  const random = seededRandom(seed);
  const drawn = drawResamples(names.length, resamples, random);
  const gate = usable.map(({ reasons }) => reasons.length > 0);
  const kept = without(gate);
  const lots = drawn.map(() => without(shuffled(gate, random)));
  const counts = new Map();
  for (const reason of usable.flatMap(({ reasons }) => reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return {
    pictures: usable.length,
    refused: gate.filter(Boolean).length,
    pairs: pairs.length,
    pairsKept: kept.length,
    at: held.map(({ fmr, threshold }) => {
      const [before, after] = [share(pairs, threshold), share(kept, threshold)];
      const resampled = drawn.map((weight) => [share(pairs, threshold, weight), share(kept, threshold, weight)]);
      return {
        fmr,
        threshold,
        before: finite(before),
        beforeInterval: middle95(resampled.map(([all]) => all)),
        after: finite(after),
        afterInterval: middle95(resampled.map(([, left]) => left)),
        gain: finite(before - after),
        gainInterval: middle95(resampled.map(([all, left]) => all - left)),
        random: middle95(lots.map((left) => share(left, threshold))),
      };
    }),
    reasons: [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([reason, refused]) => {
        const left = without(usable.map(({ reasons }) => reasons.includes(reason)));
        return { reason, refused, after: held.map(({ threshold }) => finite(share(left, threshold))) };
      }),
  };

  /** @param {readonly boolean[]} refused by picture */
  function without(refused) {
    return pairs.filter(({ a, b }) => !refused[a] && !refused[b]);
  }

  /** @param {readonly { a: number, distance: number }[]} of @param {number} threshold @param {Uint8Array} [weight] of each person; default: everyone once */
  function share(of, threshold, weight) {
    let [all, above] = [0, 0];
    for (const { a, distance } of of) {
      const times = weight ? weight[person[a]] : 1;
      all += times;
      if (distance > threshold) above += times;
    }
    return above / all;
  }
}

/** @param {number} rate JSON has no NaN */
function finite(rate) {
  return Number.isFinite(rate) ? rate : null;
}
