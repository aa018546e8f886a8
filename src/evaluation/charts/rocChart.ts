import type { OperatingPoint } from '../../shared/Manifest.js';
import type { RatesAt } from '../statistics/PairRates.js';
import type { ChartSize } from './ChartSize.js';
import { CURVE_COLOR } from './curveColor.js';
import { curveKeys } from './curveKeys.js';
import { describePoint } from './describePoint.js';
import { drawPoint } from './drawPoint.js';
import { element } from './element.js';
import { emptyChart } from './emptyChart.js';
import { formatPercent } from './formatPercent.js';
import { formatRate } from './formatRate.js';
import { isDecade } from './isDecade.js';
import { placeLabels } from './placeLabels.js';
import { plot } from './plot.js';
import { round } from './round.js';
import { textWidth } from './text.js';

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2];
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export interface RocChartOptions extends ChartSize {
  /** Operating points to mark; those at powers of ten are labeled with their threshold. */
  readonly points?: readonly OperatingPoint[];
}

/**
 * Receiver operating characteristic: the share of genuine pairs that is accepted, with its 95 % band, over the false match rate on a
 * logarithmic axis. Returns the text of an SVG element, to be shown as wide as it is drawn; colors: `--chart-curve`, `--chart-ground`.
 */
export function rocChart(
  curve: readonly RatesAt[],
  { points = [], width = 560, height = Math.round(width * 0.5 + 110) }: RocChartOptions = {},
): string {
  const drawn = curve.flatMap(({ fmr, fnmr, fnmrInterval }) =>
    fmr && fnmr !== null ? [{ x: Math.log10(fmr), accepted: 1 - fnmr, band: (fnmrInterval ?? [fnmr, fnmr]).map((r) => 1 - r) }] : [],
  );
  if (drawn.length < 2) return emptyChart('Too few pairs for a curve', { width, height });
  const low = Math.min(...drawn.map(({ x }) => x));
  const lowest = Math.min(...drawn.map(({ band, accepted }) => Math.min(accepted, band[1]!, band[0]!)));
  const step = STEPS.find((s) => (1 - lowest) / s <= 6) ?? 0.2;
  const floor = Math.max(0, Math.floor(lowest / step + 1e-9) * step);

  const decades = Array.from({ length: Math.floor(-low) + 1 }, (_, i) => -i);
  const roomy = (width - 70) / -low > textWidth('1 in 100,000') + 8;
  return plot({
    width,
    height,
    label: `Receiver operating characteristic. ${points
      .filter(({ fmr }) => isDecade(fmr))
      .map(describePoint)
      .join('; ')}`,
    keys: curveKeys({ points: points.length > 0 }),
    x: {
      low: low - 0.08,
      high: 0,
      title: 'False match rate (logarithmic)',
      ticks: decades.map((e) => ({
        at: e,
        label: roomy ? formatRate(10 ** e) : powerOfTen(e),
      })),
    },
    y: {
      low: floor,
      high: 1,
      title: 'Genuine pairs accepted (1 − FNMR)',
      ticks: Array.from({ length: Math.round((1 - floor) / step) + 1 }, (_, i) => 1 - i * step).map((at) => ({
        at,
        label: `${formatPercent(at)} %`,
      })),
    },
    draw: (canvas) => {
      const { x, y } = canvas;
      const at = (px: number, py: number) => `${round(x(px))} ${round(y(py))}`;
      const shown = points.filter(({ fmr }) => Math.log10(fmr) >= low - 0.08);
      return {
        inside: [
          element('path', {
            d: `M${[...drawn.map((p) => at(p.x, p.band[0]!)), ...drawn.map((p) => at(p.x, p.band[1]!)).reverse()].join('L')}Z`,
            fill: CURVE_COLOR,
            'fill-opacity': '0.22',
          }),
          element('path', {
            d: `M${drawn.map((p) => at(p.x, p.accepted)).join('L')}`,
            fill: 'none',
            stroke: CURVE_COLOR,
            'stroke-width': 2.5,
            'stroke-linejoin': 'round',
          }),
        ],
        above: [
          ...placeLabels(
            shown
              .filter(({ fmr }) => isDecade(fmr))
              .map(({ fmr, threshold, fnmr }) => {
                const [px, py] = [x(Math.log10(fmr)), y(1 - fnmr)];
                return {
                  words: threshold.toFixed(3),
                  spots: [
                    { x: px + 5, y: py + 19, anchor: 'start' },
                    { x: px - 6, y: py - 8, anchor: 'end' },
                  ],
                };
              }),
            canvas,
          ),
          ...shown.map((point) => drawPoint(point, x(Math.log10(point.fmr)), y(1 - point.fnmr))),
        ],
      };
    },
  });
}

/** `10⁻³`. */
function powerOfTen(exponent: number): string {
  if (exponent === 0) return '1';
  return `10⁻${Array.from(String(-exponent), (digit) => SUPERSCRIPTS[Number(digit)]!).join('')}`;
}
