import type { KnownThreshold } from '../statistics/KnownThreshold.js';
import type { ScoreHistogram } from '../statistics/scoreHistogram.js';
import type { ChartSize } from './ChartSize.js';
import { element } from './element.js';
import { emptyChart } from './emptyChart.js';
import { formatRate } from './formatRate.js';
import { isDecade } from './isDecade.js';
import { plot } from './plot.js';
import { rebin } from './rebin.js';
import { round } from './round.js';
import { text, textWidth } from './text.js';

const GENUINE = 'var(--chart-genuine, #158a78)';
const IMPOSTOR = 'var(--chart-impostor, #c8622a)';
const MAX_LABELS = 5;
const ROW = 17;

export interface ScoreChartOptions extends ChartSize {
  /** Thresholds to draw as lines; up to five of them are labeled, powers of ten first. */
  readonly thresholds?: readonly KnownThreshold[];
}

/**
 * How distances within and between people are distributed, each as a density with area 1 (there are far more pairs of strangers), with
 * thresholds. Returns the text of an SVG element, to be shown as wide as it is drawn; colors: `--chart-genuine`, `--chart-impostor`,
 * `--chart-ground`.
 */
export function scoreChart(histogram: ScoreHistogram, { thresholds = [], width = 560, height: given }: ScoreChartOptions = {}): string {
  const height = given ?? Math.round(width * 0.5 + 110 + Math.min(thresholds.length, MAX_LABELS) * 0.6 * ROW);
  const counted = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const kinds = [
    { label: 'same person', color: GENUINE, pairs: counted(histogram.genuine), counts: histogram.genuine },
    { label: 'different people', color: IMPOSTOR, pairs: counted(histogram.impostor), counts: histogram.impostor },
  ].filter(({ pairs }) => pairs > 0);
  if (kinds.length === 0) return emptyChart('No pairs to draw', { width, height });
  // With few pairs, narrow bins would look like a comb.
  const curves = kinds.map((kind) => ({ ...kind, density: rebin(kind.counts, histogram.width, kind.pairs < 1000 ? 40 : 100) }));
  const highest = Math.max(...curves.flatMap(({ density }) => density));
  const labeled = [...thresholds].sort((a, b) => Number(isDecade(b.fmr)) - Number(isDecade(a.fmr))).slice(0, MAX_LABELS);
  // The largest threshold is labeled in the top row, to the left of its line; the lines of smaller ones begin below it.
  const rows = labeled.sort((a, b) => b.threshold - a.threshold);
  const described = thresholds.filter((t) => labeled.includes(t)).map((t) => `${t.threshold.toFixed(3)} for ${formatRate(t.fmr)}`);

  return plot({
    width,
    height,
    label: `Densities of the distances of ${kinds.map(({ pairs, label }) => `${pairs} pairs of ${label === 'same person' ? 'the same person' : label}`).join(' and ')}.${
      described.length > 0 ? ` Thresholds by false match rate: ${described.join(', ')}.` : ''
    }`,
    keys: curves.map(({ color, label }) => ({ mark: 'area', color, label })),
    header: rows.length * ROW,
    x: {
      low: 0,
      high: 2,
      title: 'Distance',
      ticks: Array.from({ length: 9 }, (_, i) => ({ at: i / 4, label: String(i / 4), rank: i % 2 })),
    },
    y: { low: 0, high: highest * 1.04, title: 'Density', ticks: [] },
    draw: ({ x, y, top, bottom }) => ({
      inside: curves.flatMap(({ color, density }) => {
        const steps = density.map((d, i) => `V${round(y(d))}H${round(x(((i + 1) * 2) / density.length))}`).join('');
        const outline = `M${round(x(0))} ${round(bottom)}${steps}V${round(bottom)}`;
        return [
          element('path', { d: `${outline}Z`, fill: color, 'fill-opacity': '0.3' }),
          element('path', { d: outline, fill: 'none', stroke: color, 'stroke-width': 1.5, 'stroke-linejoin': 'round' }),
        ];
      }),
      above: [
        ...thresholds.map((known) => {
          const row = rows.indexOf(known);
          return element('line', {
            x1: x(known.threshold),
            x2: x(known.threshold),
            y1: row < 0 ? top : top - (rows.length - row) * ROW,
            y2: bottom,
            stroke: 'currentColor',
            'stroke-opacity': row < 0 ? '0.35' : '0.7',
            'stroke-dasharray': row < 0 ? '2 4' : '5 3',
          });
        }),
        ...rows.map(({ fmr, threshold }, row) => {
          const words = `${formatRate(fmr)}: ${threshold.toFixed(3)}`;
          const fits = x(threshold) - textWidth(words) - 6 > 0;
          return text(words, {
            x: x(threshold) + (fits ? -6 : 6),
            y: top - (rows.length - row) * ROW + 12,
            anchor: fits ? 'end' : 'start',
            halo: !fits,
          });
        }),
      ],
    }),
  });
}
