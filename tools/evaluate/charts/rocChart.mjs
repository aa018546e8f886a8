import { element } from './element.mjs';
import { emptyChart } from './emptyChart.mjs';
import { formatPercent } from './formatPercent.mjs';
import { formatRate } from './formatRate.mjs';
import { describePoint, isDecade } from './operatingPoint.mjs';
import { placeLabels } from './placeLabels.mjs';
import { plot, round } from './plot.mjs';
import { textWidth } from './text.mjs';

/** @typedef {import('../statistics/measure.mjs').Report} Report */

const CURVE = 'var(--chart-curve, #158a78)';
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2];
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Receiver operating characteristic: the share of genuine pairs that is accepted, over the false match rate on a logarithmic axis, with
 * the 95 % band of the former. Text of an SVG element, to be shown as wide as it is drawn; colors: `--chart-curve`, `--chart-ground`.
 * @param {Report['curve']} curve
 * @param {{ points?: Report['operatingPoints'], width?: number, height?: number }} [options] `points` are marked; powers of ten are labeled with their threshold
 * @returns {string}
 */
export function rocChart(curve, { points = [], width = 560, height = Math.round(width * 0.5 + 110) } = {}) {
  const drawn = curve.flatMap(({ fmr, fnmr, fnmrInterval }) =>
    fmr && fnmr !== null ? [{ x: Math.log10(fmr), accepted: 1 - fnmr, band: (fnmrInterval ?? [fnmr, fnmr]).map((r) => 1 - r) }] : [],
  );
  if (drawn.length < 2) return emptyChart('Too few pairs for a curve', { width, height });
  const low = Math.min(...drawn.map(({ x }) => x));
  const lowest = Math.min(...drawn.map(({ band, accepted }) => Math.min(accepted, band[1], band[0])));
  const step = STEPS.find((s) => (1 - lowest) / s <= 6) ?? 0.2;
  const floor = Math.max(0, Math.floor(lowest / step + 1e-9) * step);

  const decades = Array.from({ length: Math.floor(-low) + 1 }, (_, i) => -i);
  const roomy = (width - 70) / -low > textWidth('1 in 100,000') + 8;
  return plot({
    width,
    height,
    label: `Receiver operating characteristic. ${[...points]
      .filter(({ fmr }) => isDecade(fmr))
      .map(describePoint)
      .join('; ')}`,
    keys: [
      { mark: 'line', color: CURVE, label: 'measured' },
      { mark: 'area', color: CURVE, label: '95 % interval' },
      ...(points.length > 0 ? [/** @type {const} */ ({ mark: 'dot', color: CURVE, label: 'operating point, with its threshold' })] : []),
    ],
    x: {
      low: low - 0.08,
      high: 0,
      title: 'False match rate (logarithmic)',
      ticks: decades.map((e) => ({
        at: e,
        label: roomy ? formatRate(10 ** e) : e === 0 ? '1' : `10⁻${[...String(-e)].map((d) => SUPERSCRIPTS[Number(d)]).join('')}`,
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
      const at = (/** @type {number} */ px, /** @type {number} */ py) => `${round(x(px))} ${round(y(py))}`;
      const shown = points.filter(({ fmr }) => Math.log10(fmr) >= low - 0.08);
      return {
        inside: [
          element('path', {
            d: `M${[...drawn.map((p) => at(p.x, p.band[0])), ...drawn.map((p) => at(p.x, p.band[1])).reverse()].join('L')}Z`,
            fill: CURVE,
            'fill-opacity': '0.22',
          }),
          element('path', {
            d: `M${drawn.map((p) => at(p.x, p.accepted)).join('L')}`,
            fill: 'none',
            stroke: CURVE,
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
          ...shown.map((point) =>
            element(
              'circle',
              {
                cx: x(Math.log10(point.fmr)),
                cy: y(1 - point.fnmr),
                r: 4.5,
                fill: CURVE,
                stroke: 'var(--chart-ground, Canvas)',
                'stroke-width': 1.5,
              },
              element('title', {}, describePoint(point)),
            ),
          ),
        ],
      };
    },
  });
}
