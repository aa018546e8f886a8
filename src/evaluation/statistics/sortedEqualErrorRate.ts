import { countUpTo } from './countUpTo.js';

/**
 * Where the shares of accepted impostor pairs and refused genuine pairs cross: of all distances, the one at which they are closest.
 * @param genuine ascending; a pair without a face may be Infinity
 * @param impostor ascending
 */
export function sortedEqualErrorRate(genuine: ArrayLike<number>, impostor: ArrayLike<number>): { rate: number; threshold: number } {
  const at = (threshold: number) => {
    const fmr = countUpTo(impostor, threshold) / impostor.length;
    const fnmr = 1 - countUpTo(genuine, threshold) / genuine.length;
    return { threshold, rate: (fmr + fnmr) / 2, gap: fmr - fnmr };
  };
  // The gap never falls as the threshold rises, so only the distances on either side of its change of sign can be closest.
  const candidates = [genuine, impostor].flatMap((distances) => {
    let low = 0;
    let high = distances.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(distances[middle]!).gap >= 0) high = middle;
      else low = middle + 1;
    }
    return [distances[low - 1], distances[low]].flatMap((d) => (d !== undefined && Number.isFinite(d) ? [at(d)] : []));
  });
  candidates.sort((x, y) => Math.abs(x.gap) - Math.abs(y.gap) || x.threshold - y.threshold);
  const { rate, threshold } = candidates[0] ?? { rate: 1, threshold: 0 };
  return { rate, threshold };
}
