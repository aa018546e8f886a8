import type { OperatingPoint } from '../../shared/Manifest.js';
import type { EqualErrorRate, RatesAt } from '../statistics/PairRates.js';
import type { ChartSize } from './ChartSize.js';
import { curveKeys } from './curveKeys.js';
import { describePoint } from './describePoint.js';
import { drawDet } from './drawDet.js';
import { emptyChart } from './emptyChart.js';
import { formatPercent } from './formatPercent.js';
import { isDecade } from './isDecade.js';
import { plot } from './plot.js';
import { probit } from './probit.js';

/** Ticks. If there is not enough room for all labels, the earlier ones win. */
const TICKS = [
  [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.5, 0.9, 0.99],
  [0.2, 0.05, 0.02, 0.005, 0.002],
  [0.3, 0.4, 0.7, 0.8, 0.95],
];
/** The furthest ends of the axes; beyond them there is nothing but an empty corner. */
const LEAST = 1e-4;

export interface DetChartOptions extends ChartSize {
  /** Operating points to mark; those at powers of ten are labeled with their threshold. */
  readonly points?: readonly OperatingPoint[];
  readonly equalErrorRate?: EqualErrorRate | null;
}

/**
 * Detection error tradeoff (Martin et al. 1997): both error rates on normal-deviate axes, on which normally distributed scores give a
 * straight line, with the line of equal rates. Returns the text of an SVG element, to be shown as wide as it is drawn; colors:
 * `--chart-curve`, `--chart-ground`.
 */
export function detChart(
  curve: readonly RatesAt[],
  { points = [], equalErrorRate = null, width = 560, height = Math.round(width * 0.5 + 110) }: DetChartOptions = {},
): string {
  const drawn = curve.flatMap(({ fmr, fnmr, fnmrInterval }) =>
    fmr && fnmr !== null ? [{ fmr, fnmr, band: fnmrInterval ?? ([fnmr, fnmr] as const) }] : [],
  );
  if (drawn.length < 2) return emptyChart('Too few pairs for a curve', { width, height });
  // A model is useless beyond the middle of either axis; the curve continues there only if it crosses the diagonal there.
  const most = Math.max(0.5, (equalErrorRate?.rate ?? 0) + 0.1);
  const seen = drawn.filter(({ fmr }) => fmr <= most);
  if (seen.length === 0) return emptyChart('Too few pairs for a curve', { width, height });
  const rates = seen.flatMap(({ fnmr, band }) => [fnmr, ...band]).filter((r) => r > 0);
  const x = deviates(Math.min(...drawn.map(({ fmr }) => fmr)), Math.min(most, 0.99));
  const y = deviates(Math.max(LEAST, Math.min(...rates, 0.02)), Math.min(0.99, Math.max(...rates, 0.1)));
  const ticks = TICKS.flatMap((row, rank) => row.map((rate) => ({ at: probit(rate), label: formatPercent(rate), rank })));
  const equalWords = equalErrorRate ? `Equal error rate ${formatPercent(equalErrorRate.rate)} %. ` : '';
  const pointWords = points.filter(({ fmr }) => isDecade(fmr)).map(describePoint);

  return plot({
    width,
    height,
    label: `Detection error tradeoff. ${equalWords}${pointWords.join('; ')}`,
    keys: curveKeys({ points: points.length > 0 }),
    x: { ...x, ticks, title: 'False match rate, % (normal deviates)' },
    y: { ...y, ticks, title: 'False non-match rate, % (normal deviates)' },
    draw: (canvas) => drawDet({ drawn, points, equalErrorRate, x, y, canvas }),
  });
}

/** The ends of an axis in normal deviates, with a small margin. */
function deviates(least: number, most: number): { low: number; high: number } {
  return { low: probit(least) - 0.06, high: probit(most) + 0.06 };
}
