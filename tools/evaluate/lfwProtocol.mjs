// The LFW protocol, as pure functions over distances.
import { countUpTo } from './statistics/countUpTo.mjs';
import * as statistics from './statistics/equalErrorRate.mjs';
import { thresholdAtRate } from './statistics/thresholdAtRate.mjs';

/** @typedef {{ fold: string, a: string, b: string, same: boolean }} Pair */
/** @typedef {{ fold: string, same: boolean, distance: number }} Score a pair without a face on either side has distance Infinity */

/**
 * Reads `fold,a,b,same` lines (with that header). Throws an Error that names the first bad line.
 * @param {string} csv
 * @returns {Pair[]}
 */
export function parsePairs(csv) {
  const [header, ...lines] = csv.trim().split(/\r?\n/);
  if (header?.trim() !== 'fold,a,b,same') throw new Error(`expected the header "fold,a,b,same", got "${header}"`);
  return lines.map((line, i) => {
    const [fold, a, b, same, ...rest] = line.split(',').map((cell) => cell.trim());
    if (!fold || !a || !b || !['0', '1'].includes(same ?? '') || rest.length) {
      throw new Error(`line ${i + 2} is not "fold,a,b,0|1": "${line}"`);
    }
    return { fold, a, b, same: same === '1' };
  });
}

/**
 * The smallest threshold with the highest accuracy: half-way between neighboring distances.
 * @param {Score[]} scores
 * @returns {{ threshold: number, accuracy: number }}
 */
export function bestThreshold(scores) {
  const sorted = [...scores].sort((x, y) => x.distance - y.distance);
  let right = sorted.filter(({ same }) => !same).length; // nothing accepted: every impostor is right
  let best = { right, threshold: sorted[0].distance > 0 ? Math.min(sorted[0].distance / 2, 2) : -1 };
  sorted.forEach(({ same, distance }, i) => {
    right += same ? 1 : -1;
    const next = sorted[i + 1]?.distance ?? distance;
    const between = i + 1 === sorted.length || next > distance;
    if (!between || !Number.isFinite(distance) || right <= best.right) return;
    best = { right, threshold: Number.isFinite(next) ? (distance + next) / 2 : distance };
  });
  return { threshold: best.threshold, accuracy: best.right / scores.length };
}

/**
 * Accuracy of each fold at the threshold that is best on the other folds.
 * @param {Score[]} scores
 */
export function crossValidate(scores) {
  const folds = [...new Set(scores.map(({ fold }) => fold))];
  if (folds.length < 2) throw new Error(`expected pairs of at least 2 folds, got ${folds.length}`);
  const perFold = folds.map((fold) => {
    const { threshold } = bestThreshold(scores.filter((s) => s.fold !== fold));
    const own = scores.filter((s) => s.fold === fold);
    return { fold, threshold, accuracy: own.filter((s) => s.distance <= threshold === s.same).length / own.length };
  });
  const mean = average(perFold.map(({ accuracy }) => accuracy));
  const std = Math.sqrt(average(perFold.map(({ accuracy }) => (accuracy - mean) ** 2)));
  return { accuracy: mean, std, threshold: average(perFold.map(({ threshold }) => threshold)), perFold };
}

/**
 * The equal error rate: where the shares of accepted impostors and refused genuine pairs cross.
 * @param {Score[]} scores
 */
export function equalErrorRate(scores) {
  return statistics.equalErrorRate(distances(scores, true), distances(scores, false));
}

/**
 * The true accept rate at the largest threshold whose false accept rate is not above `far`.
 * @param {Score[]} scores
 * @param {number} far
 */
export function tarAtFar(scores, far) {
  const genuine = distances(scores, true);
  const impostor = distances(scores, false);
  const threshold = thresholdAtRate(impostor, far);
  return { far, tar: countUpTo(genuine, threshold) / genuine.length, threshold };
}

/** @param {Score[]} scores @param {boolean} same */
function distances(scores, same) {
  return scores
    .filter((s) => s.same === same)
    .map((s) => s.distance)
    .sort((a, b) => a - b);
}

/** @param {number[]} values */
function average(values) {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}
