import type { OperatingPoint } from '../../shared/Manifest.js';
import type { Interval } from '../statistics/interval.js';
import type { EqualErrorRate } from '../statistics/PairRates.js';
import type { Canvas } from './Canvas.js';
import { CURVE_COLOR } from './curveColor.js';
import { drawPoint } from './drawPoint.js';
import { element } from './element.js';
import { formatPercent } from './formatPercent.js';
import { isDecade } from './isDecade.js';
import { placeLabels, type Label } from './placeLabels.js';
import { probit } from './probit.js';
import { round } from './round.js';

/** The ends of an axis, in normal deviates. */
interface Ends {
  readonly low: number;
  readonly high: number;
}

export interface DetParts {
  readonly drawn: readonly { readonly fmr: number; readonly fnmr: number; readonly band: Interval }[];
  readonly points: readonly OperatingPoint[];
  readonly equalErrorRate: EqualErrorRate | null;
  readonly x: Ends;
  readonly y: Ends;
  readonly canvas: Canvas;
}

/** The inside of a DET chart: the curve with its band, the line of equal rates, operating points and the equal error rate. */
export function drawDet({ drawn, points, equalErrorRate, x, y, canvas }: DetParts): { inside: string[]; above: string[] } {
  // Rates of 0 and 1 are at infinity: a curve without errors runs along the edge, and one that leaves at the side is cut off there.
  const toX = (rate: number) => round(canvas.x(clamp(probit(rate), { low: x.low - 1, high: x.high + 1 })));
  const toY = (rate: number) => round(canvas.y(clamp(probit(rate), y)));
  const visible = (fmr: number, fnmr: number) => within(probit(fmr), x) && within(probit(fnmr), y);
  const shown = points.filter(({ fmr, fnmr }) => visible(fmr, fnmr));
  const equal = equalErrorRate && visible(equalErrorRate.rate, equalErrorRate.rate) ? equalErrorRate : null;
  const [eerX, eerY] = equal ? [toX(equal.rate), toY(equal.rate)] : [0, 0];

  const equalLabels: Label[] = equal
    ? [
        {
          words: `EER ${formatPercent(equal.rate)} %`,
          spots: [
            { x: eerX - 12, y: eerY + 18, anchor: 'end' },
            { x: eerX + 14, y: eerY + 4, anchor: 'start' },
          ],
        },
      ]
    : [];
  const pointLabels = shown
    .filter(({ fmr }) => isDecade(fmr))
    .map(({ fmr, fnmr, threshold }): Label => ({
      words: threshold.toFixed(3),
      spots: [
        { x: toX(fmr) + 7, y: toY(fnmr) - 7, anchor: 'start' },
        { x: toX(fmr) - 7, y: toY(fnmr) + 16, anchor: 'end' },
      ],
    }));
  const lower = drawn.map((p) => `${toX(p.fmr)} ${toY(p.band[0])}`);
  const upper = drawn.map((p) => `${toX(p.fmr)} ${toY(p.band[1])}`);
  return {
    inside: [
      element('path', { d: `M${[...lower, ...upper.reverse()].join('L')}Z`, fill: CURVE_COLOR, 'fill-opacity': '0.22' }),
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
        stroke: CURVE_COLOR,
        'stroke-width': 2.5,
        'stroke-linejoin': 'round',
      }),
    ],
    above: [
      ...placeLabels([...equalLabels, diagonalLabel(x, y, canvas), ...pointLabels], canvas),
      ...shown.map((point) => drawPoint(point, toX(point.fmr), toY(point.fnmr))),
      ...(equal ? [drawDiamond(eerX, eerY)] : []),
    ],
  };
}

/** Next to the upper end of the line of equal rates. */
function diagonalLabel(x: Ends, y: Ends, canvas: Canvas): Label {
  const end = Math.min(x.high, y.high);
  const diagonal = { x: canvas.x(end), y: canvas.y(end) };
  const slope = (canvas.y(1) - canvas.y(0)) / (canvas.x(1) - canvas.x(0));
  const labelY = Math.max(diagonal.y, canvas.top) + 15;
  return { words: 'equal rates', spots: [{ x: diagonal.x + (labelY - diagonal.y) / slope - 10, y: labelY, anchor: 'end' }] };
}

function drawDiamond(x: number, y: number): string {
  const d = `M${x} ${y - 6}l6 6l-6 6l-6 -6Z`;
  return element('path', { d, fill: 'var(--chart-ground, Canvas)', stroke: 'currentColor', 'stroke-width': 1.5 });
}

function clamp(deviate: number, { low, high }: Ends): number {
  return Math.min(Math.max(deviate, low), high);
}

function within(deviate: number, { low, high }: Ends): boolean {
  return deviate >= low && deviate <= high;
}
