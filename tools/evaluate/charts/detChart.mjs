import { element } from './element.mjs';
import { emptyChart } from './emptyChart.mjs';
import { formatPercent } from './formatPercent.mjs';
import { describePoint, isDecade } from './operatingPoint.mjs';
import { placeLabels } from './placeLabels.mjs';
import { plot, round } from './plot.mjs';
import { probit } from './probit.mjs';

/** @typedef {import('../statistics/measure.mjs').Report} Report */

const CURVE = 'var(--chart-curve, #158a78)';
/** Ticks, those that are labeled first where room is short before the others. */
const TICKS = [
  [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.5, 0.9, 0.99],
  [0.2, 0.05, 0.02, 0.005, 0.002],
  [0.3, 0.4, 0.7, 0.8, 0.95],
];
/** Where the axes end at most: farther out there is nothing but an empty corner. */
const LEAST = 1e-4;

/**
 * Detection error tradeoff: both error rates on normal-deviate axes, on which normally distributed scores give a straight line, with the line
 * of equal rates. Text of an SVG element, to be shown as wide as it is drawn; colors: `--chart-curve`, `--chart-ground`.
 * @param {Report['curve']} curve
 * @param {{ points?: Report['operatingPoints'], equalErrorRate?: Report['equalErrorRate'], width?: number, height?: number }} [options]
 * @returns {string}
 */
export function detChart(curve, { points = [], equalErrorRate = null, width = 560, height = Math.round(width * 0.5 + 110) } = {}) {
  const drawn = curve.flatMap(({ fmr, fnmr, fnmrInterval }) =>
    fmr && fnmr !== null ? [{ fmr, fnmr, band: fnmrInterval ?? [fnmr, fnmr] }] : [],
  );
  if (drawn.length < 2) return emptyChart('Too few pairs for a curve', { width, height });
  // Past the middle of either axis a model is of no use; the curve is drawn on only where it crosses the diagonal there.
  const most = Math.max(0.5, (equalErrorRate?.rate ?? 0) + 0.1);
  const seen = drawn.filter(({ fmr }) => fmr <= most);
  const rates = seen.flatMap(({ fnmr, band }) => [fnmr, ...band]).filter((r) => r > 0);
  const x = axis(Math.min(...drawn.map(({ fmr }) => fmr)), Math.min(most, 0.99));
  const y = axis(Math.max(LEAST, Math.min(...rates, 0.02)), Math.min(0.99, Math.max(...rates, 0.1)));
  const ticks = TICKS.flatMap((row, rank) => row.map((rate) => ({ at: probit(rate), label: formatPercent(rate), rank })));

  return plot({
    width,
    height,
    label: `Detection error tradeoff. ${equalErrorRate ? `Equal error rate ${formatPercent(equalErrorRate.rate)} %. ` : ''}${[...points]
      .filter(({ fmr }) => isDecade(fmr))
      .map(describePoint)
      .join('; ')}`,
    keys: [
      { mark: 'line', color: CURVE, label: 'measured' },
      { mark: 'area', color: CURVE, label: '95 % interval' },
      ...(points.length > 0 ? [/** @type {const} */ ({ mark: 'dot', color: CURVE, label: 'operating point, with its threshold' })] : []),
    ],
    x: { ...x, ticks, title: 'False match rate, % (normal deviates)' },
    y: { ...y, ticks, title: 'False non-match rate, % (normal deviates)' },
    draw: (canvas) => {
      // Rates of 0 and 1 lie at infinity: a curve without errors runs along the edge, and one that leaves at the side is cut off there.
      const toX = (/** @type {number} */ rate) => round(canvas.x(clamp(probit(rate), { low: x.low - 1, high: x.high + 1 })));
      const toY = (/** @type {number} */ rate) => round(canvas.y(clamp(probit(rate), y)));
      const end = Math.min(x.high, y.high);
      const diagonal = { x: canvas.x(end), y: canvas.y(end) };
      const slope = (canvas.y(1) - canvas.y(0)) / (canvas.x(1) - canvas.x(0));
      const labelY = Math.max(diagonal.y, canvas.top) + 15;
      const shown = points.filter(({ fmr, fnmr }) => inside(probit(fmr), x) && inside(probit(fnmr), y));
      const equal =
        equalErrorRate && inside(probit(equalErrorRate.rate), x) && inside(probit(equalErrorRate.rate), y) ? equalErrorRate : null;
      const [eerX, eerY] = equal ? [toX(equal.rate), toY(equal.rate)] : [0, 0];
      return {
        inside: [
          element('path', {
            d: `M${[...drawn.map((p) => `${toX(p.fmr)} ${toY(p.band[0])}`), ...drawn.map((p) => `${toX(p.fmr)} ${toY(p.band[1])}`).reverse()].join('L')}Z`,
            fill: CURVE,
            'fill-opacity': '0.22',
          }),
          element('line', {
            x1: canvas.x(-6),
            y1: canvas.y(-6),
            x2: canvas.x(6),
            y2: canvas.y(6),
            stroke: 'currentColor',
            'stroke-opacity': '0.6',
            'stroke-dasharray': '4 4',
          }),
          element('path', {
            d: `M${drawn.map((p) => `${toX(p.fmr)} ${toY(p.fnmr)}`).join('L')}`,
            fill: 'none',
            stroke: CURVE,
            'stroke-width': 2.5,
            'stroke-linejoin': 'round',
          }),
        ],
        above: [
          ...placeLabels(
            [
              ...(equal
                ? [
                    {
                      words: `EER ${formatPercent(equal.rate)} %`,
                      spots: [
                        { x: eerX - 12, y: eerY + 18, anchor: /** @type {const} */ ('end') },
                        { x: eerX + 14, y: eerY + 4, anchor: /** @type {const} */ ('start') },
                      ],
                    },
                  ]
                : []),
              {
                words: 'equal rates',
                spots: [{ x: diagonal.x + (labelY - diagonal.y) / slope - 10, y: labelY, anchor: /** @type {const} */ ('end') }],
              },
              ...shown
                .filter(({ fmr }) => isDecade(fmr))
                .map(({ fmr, fnmr, threshold }) => ({
                  words: threshold.toFixed(3),
                  spots: [
                    { x: toX(fmr) + 7, y: toY(fnmr) - 7, anchor: /** @type {const} */ ('start') },
                    { x: toX(fmr) - 7, y: toY(fnmr) + 16, anchor: /** @type {const} */ ('end') },
                  ],
                })),
            ],
            canvas,
          ),
          ...shown.map((point) =>
            element(
              'circle',
              { cx: toX(point.fmr), cy: toY(point.fnmr), r: 4.5, fill: CURVE, stroke: 'var(--chart-ground, Canvas)', 'stroke-width': 1.5 },
              element('title', {}, describePoint(point)),
            ),
          ),
          ...(equal
            ? [
                element('path', {
                  d: `M${eerX} ${eerY - 6}l6 6l-6 6l-6 -6Z`,
                  fill: 'var(--chart-ground, Canvas)',
                  stroke: 'currentColor',
                  'stroke-width': 1.5,
                }),
              ]
            : []),
        ],
      };
    },
  });
}

/** @param {number} least @param {number} most @returns {{ low: number, high: number }} in normal deviates, with a little air */
function axis(least, most) {
  return { low: probit(least) - 0.06, high: probit(most) + 0.06 };
}

/** @param {number} deviate @param {{ low: number, high: number }} axis */
function clamp(deviate, { low, high }) {
  return Math.min(Math.max(deviate, low), high);
}

/** @param {number} deviate @param {{ low: number, high: number }} axis */
function inside(deviate, { low, high }) {
  return deviate >= low && deviate <= high;
}
