import type { DiscardCurve } from '../statistics/discardCurves.js';
import type { ChartSize } from './ChartSize.js';
import { element } from './element.js';
import { emptyChart } from './emptyChart.js';
import { formatPercent } from './formatPercent.js';
import { formatRate } from './formatRate.js';
import { plot } from './plot.js';
import { round } from './round.js';

const COLORS = ['var(--chart-genuine, #158a78)', 'var(--chart-impostor, #c8622a)'] as const;
const STEPS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

/**
 * Genuine pairs refused, plotted over the share of pictures discarded, one line per false match rate. Returns the text of an SVG element,
 * to be shown as wide as it is drawn; colors as in `scoreChart`.
 * @param curves of one measure, two at most
 */
export function discardChart(
  curves: readonly DiscardCurve[],
  { width = 560, height = Math.round(width * 0.5 + 90) }: ChartSize = {},
): string {
  const lines = curves.map(({ fmr, points }, i) => ({
    fmr,
    color: COLORS[i % 2]!,
    drawn: points.flatMap(({ discarded, fnmr }) => (fnmr === null ? [] : [{ discarded, fnmr }])),
  }));
  const highest = Math.max(...lines.flatMap(({ drawn }) => drawn.map(({ fnmr }) => fnmr)), 0);
  const last = Math.max(...lines.flatMap(({ drawn }) => drawn.map(({ discarded }) => discarded)), 0);
  if (highest === 0 || last === 0) return emptyChart('No genuine pair is refused', { width, height });
  const step = STEPS.find((s) => highest / s <= 6) ?? 0.5;
  const rates = Array.from({ length: Math.ceil(highest / step) + 1 }, (_, i) => i * step);
  return plot({
    width,
    height,
    label: `Error versus discard. ${lines
      .map(({ fmr, drawn }) => {
        const tenth = drawn.find(({ discarded }) => discarded === 0.1);
        const then = tenth ? `, ${formatPercent(tenth.fnmr)} % without the worst tenth` : '';
        return `At ${formatRate(fmr)}: ${formatPercent(drawn[0]?.fnmr ?? 0)} % of genuine pairs refused with all pictures${then}`;
      })
      .join('; ')}.`,
    keys: lines.map(({ fmr, color }) => ({ mark: 'line', color, label: `at ${formatRate(fmr)} false matches` })),
    x: {
      low: 0,
      high: last,
      title: 'Worst pictures discarded, %',
      ticks: Array.from({ length: Math.round(last * 10) + 1 }, (_, i) => ({ at: i / 10, label: String(i * 10) })),
    },
    y: {
      low: 0,
      high: Math.max(...rates, highest) * 1.04,
      title: 'Genuine pairs refused, %',
      ticks: rates.map((at) => ({ at, label: formatPercent(at) })),
    },
    draw: ({ x, y }) => ({
      inside: lines.map(({ color, drawn }, i) =>
        element('path', {
          d: `M${drawn.map(({ discarded, fnmr }) => `${round(x(discarded))} ${round(y(fnmr))}`).join('L')}`,
          fill: 'none',
          stroke: color,
          'stroke-width': 2.5,
          'stroke-linejoin': 'round',
          // The lines can be told apart without colors too.
          'stroke-dasharray': i === 0 ? undefined : '7 4',
        }),
      ),
    }),
  });
}
