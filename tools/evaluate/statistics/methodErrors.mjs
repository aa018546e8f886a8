import { distanceTable } from './distanceTable.mjs';
import { thresholdAtRate } from './thresholdAtRate.mjs';

/** So many times the highest rate of strangers' closest pairs are kept for the bootstrap, whose thresholds differ from resample to resample. */
const TAIL = 3;

/** @typedef {Pick<import('./templateMethods.mjs').TemplateMethod, 'keep' | 'compare'>} Method */
/** @typedef {import('./drawFrames.mjs').Drawn<import('./templateMethods.mjs').Pictured>} Drawn */
/** @typedef {{ templates: Drawn[], probes: Drawn[] }} Split */
/** @typedef {{ p: number, q: number, distance: number }} Pair p and q are people */

/**
 * Genuine pairs that one way of keeping templates refuses at false match rates, each threshold from this way's own pairs of strangers.
 * @param {Method} method
 * @param {readonly Split[]} splits probes of one picture
 * @param {object} options
 * @param {readonly number[]} options.rates
 * @param {readonly Uint8Array[]} options.drawn how often each person is in each resample
 * @param {readonly number[]} options.strangers pairs of strangers in each resample, see `strangersIn`
 * @returns {{ fmr: number, threshold: number, fnmr: number, resampled: Float64Array }[]} by rate; `resampled`: the share refused in each resample,
 *   at the threshold of that resample
 */
export function methodErrors(method, splits, { rates, drawn, strangers }) {
  const measured = splits.map((split) => ({ ...split, distances: distancesOf(split, method) }));
  /** @type {Pair[]} */
  const genuine = [];
  const impostor = new Float32Array(measured.reduce((sum, { distances }) => sum + distances.length, 0));
  let count = 0;
  forEachPair(measured, (p, q, distance) => {
    if (p === q) genuine.push({ p, q, distance });
    else impostor[count++] = distance;
  });
  const sorted = impostor.subarray(0, count).sort();
  const furthest = thresholdAtRate(sorted, Math.min(1, TAIL * Math.max(...rates)));
  /** @type {Pair[]} */
  const close = [];
  forEachPair(measured, (p, q, distance) => {
    if (p !== q && distance <= furthest) close.push({ p, q, distance });
  });
  close.sort((a, b) => a.distance - b.distance);

  const thresholds = drawn.map((weight, k) =>
    resampledThresholds(
      close,
      weight,
      rates.map((rate) => rate * strangers[k]),
    ),
  );
  return rates.map((fmr, i) => {
    const threshold = thresholdAtRate(sorted, fmr);
    return {
      fmr,
      threshold,
      fnmr: refusedShare(genuine, threshold, null),
      resampled: Float64Array.from(drawn, (weight, k) => refusedShare(genuine, thresholds[k][i], weight)),
    };
  });
}

/** Of every template to every probe, template by template. @param {Split} split @param {Method} method */
function distancesOf({ templates, probes }, { keep, compare }) {
  const kept = templates.map(({ frames }) => keep(frames));
  const between = distanceTable(
    kept.flat(),
    probes.map(({ frames }) => frames[0].embedding),
  );
  const out = new Float32Array(templates.length * probes.length);
  let row = 0;
  kept.forEach(({ length }, i) => {
    const own = new Array(length).fill(0);
    for (let j = 0; j < probes.length; j++) {
      for (let r = 0; r < length; r++) own[r] = between(row + r, j);
      out[i * probes.length + j] = compare(own);
    }
    row += length;
  });
  return out;
}

/** @param {readonly (Split & { distances: Float32Array })[]} splits @param {(p: number, q: number, distance: number) => void} visit */
function forEachPair(splits, visit) {
  for (const { templates, probes, distances } of splits) {
    let at = 0;
    for (const { person: p } of templates) for (const { person: q } of probes) visit(p, q, distances[at++]);
  }
}

/**
 * The largest distances among those kept up to which no more pairs than allowed pass.
 * @param {readonly Pair[]} ascending strangers @param {Uint8Array} weight @param {readonly number[]} allowed counts
 */
function resampledThresholds(ascending, weight, allowed) {
  return allowed.map((most) => {
    let passed = 0;
    let at = 0;
    for (; at < ascending.length; at++) {
      const { p, q } = ascending[at];
      passed += weight[p] * weight[q];
      if (passed > most + 1e-6) break;
    }
    return at === 0 ? 0 : ascending[at - 1].distance;
  });
}

/** @param {readonly Pair[]} genuine @param {number} threshold @param {Uint8Array | null} weight of each person; null: everyone once */
function refusedShare(genuine, threshold, weight) {
  let [all, above] = [0, 0];
  for (const { p, distance } of genuine) {
    const times = weight === null ? 1 : weight[p];
    all += times;
    if (distance > threshold) above += times;
  }
  return above / all;
}
