import type { PairScore } from './PairScore.js';

/** The smallest threshold with the highest accuracy, halfway between neighboring distances. Throws a RangeError without scores. */
export function bestThreshold(scores: readonly PairScore[]): { threshold: number; accuracy: number } {
  const sorted = [...scores].sort((x, y) => x.distance - y.distance);
  const first = sorted[0];
  if (!first) throw new RangeError('expected at least one score, got none');
  let right = sorted.filter(({ same }) => !same).length; // nothing accepted: every impostor pair is judged correctly
  let best = { right, threshold: first.distance > 0 ? Math.min(first.distance / 2, 2) : -1 };
  sorted.forEach(({ same, distance }, i) => {
    right += same ? 1 : -1;
    const next = sorted[i + 1]?.distance ?? distance;
    const between = i + 1 === sorted.length || next > distance;
    if (!between || !Number.isFinite(distance) || right <= best.right) return;
    best = { right, threshold: Number.isFinite(next) ? (distance + next) / 2 : distance };
  });
  return { threshold: best.threshold, accuracy: best.right / scores.length };
}
