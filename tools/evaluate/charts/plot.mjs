import { element } from './element.mjs';
import { FONT_SIZE, text, textWidth } from './text.mjs';

/**
 * @typedef {{ at: number, label: string, rank?: number }} Tick `at` in units of the axis; of two labels without room for both the one of lower rank stays
 * @typedef {{ low: number, high: number, ticks: readonly Tick[], title: string }} Axis
 * @typedef {{ mark: 'line' | 'area' | 'dot', color: string, label: string }} Key
 *
 * What is drawn into a plot.
 * @typedef {object} Canvas
 * @property {(value: number) => number} x pixel of a value
 * @property {(value: number) => number} y
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 *
 * @typedef {object} PlotOptions
 * @property {number} width
 * @property {number} height
 * @property {string} label what the whole picture says, for who does not see it
 * @property {Axis} x
 * @property {Axis} y
 * @property {readonly Key[]} keys
 * @property {number} [header] room above the plot for `draw`
 * @property {(canvas: Canvas) => { inside?: string[], above?: string[] }} draw `inside` is cut off at the plot's edges, `above` is not
 */

const ROW = 20;

/**
 * Two axes with a grid, a legend, and what is drawn between them.
 *
 * Pixels are CSS pixels where the picture is shown as wide as it was drawn; where there is less room it shrinks.
 * @param {PlotOptions} options
 */
export function plot({ width, height, label, x, y, keys, header = 0, draw }) {
  const legend = layKeys(keys, width);
  const labelWidth = Math.max(0, ...y.ticks.map((tick) => textWidth(tick.label)));
  const top = legend.rows * ROW + 26 + header;
  const left = Math.ceil(labelWidth + 12);
  const right = width - 20;
  const bottom = height - 44;
  const canvas = {
    x: (/** @type {number} */ value) => left + ((value - x.low) / (x.high - x.low)) * (right - left),
    y: (/** @type {number} */ value) => bottom - ((value - y.low) / (y.high - y.low)) * (bottom - top),
    left,
    right,
    top,
    bottom,
  };
  const { inside = [], above = [] } = draw(canvas);

  const grid = { stroke: 'currentColor', 'stroke-opacity': '0.14', 'stroke-width': 1 };
  const within = (/** @type {Axis} */ { low, high, ticks }) => ticks.filter(({ at }) => at >= low - 1e-9 && at <= high + 1e-9);
  const across = within(x);
  const up = within(y);
  const xLabels = roomFor(across, (tick) => {
    const middle = canvas.x(tick.at);
    const half = textWidth(tick.label) / 2;
    const shift = Math.min(0, width - 2 - (middle + half)) + Math.max(0, 2 - (middle - half));
    return [middle + shift - half - 4, middle + shift + half + 4];
  });
  const yLabels = roomFor(up, (tick) => [canvas.y(tick.at) - FONT_SIZE * 0.7, canvas.y(tick.at) + FONT_SIZE * 0.7]);

  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': label,
      fill: 'currentColor',
      'font-size': FONT_SIZE,
      'font-family': 'inherit',
      class: 'chart',
    },
    legend.markup,
    text(y.title, { x: 2, y: legend.rows * ROW + 14, quiet: true }),
    ...across.map(({ at }) => element('line', { x1: canvas.x(at), x2: canvas.x(at), y1: top, y2: bottom, ...grid })),
    ...up.map(({ at }) => element('line', { x1: left, x2: right, y1: canvas.y(at), y2: canvas.y(at), ...grid })),
    // A nested svg cuts off at its edges without an id, which several charts in one page would share.
    element(
      'svg',
      {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
        viewBox: `${round(left)} ${round(top)} ${round(right - left)} ${round(bottom - top)}`,
      },
      ...inside,
    ),
    element('path', {
      d: `M${round(left)} ${round(top)}V${round(bottom)}H${round(right)}`,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-opacity': '0.55',
    }),
    ...xLabels.map(({ tick, span: [low, high] }) => text(tick.label, { x: (low + high) / 2, y: bottom + 17, anchor: 'middle' })),
    ...yLabels.map(({ tick }) => text(tick.label, { x: left - 7, y: canvas.y(tick.at) + FONT_SIZE * 0.35, anchor: 'end' })),
    text(x.title, { x: (left + right) / 2, y: height - 6, anchor: 'middle', quiet: true }),
    ...above,
  );
}

/** @param {number} value */
export function round(value) {
  return Number(value.toFixed(1));
}

/**
 * The labels that fit beside each other, those of low rank first.
 * @param {readonly Tick[]} ticks @param {(tick: Tick) => [number, number]} spanOf
 */
function roomFor(ticks, spanOf) {
  /** @type {{ tick: Tick, span: [number, number] }[]} */
  const kept = [];
  for (const tick of [...ticks].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))) {
    const span = spanOf(tick);
    if (tick.label && kept.every((other) => span[1] <= other.span[0] || span[0] >= other.span[1])) kept.push({ tick, span });
  }
  return kept;
}

/** The legend, in as many rows as it needs. @param {readonly Key[]} keys @param {number} width */
function layKeys(keys, width) {
  let [x, row] = [2, 0];
  const parts = keys.map(({ mark, color, label }) => {
    const wanted = 22 + textWidth(label);
    if (x > 2 && x + wanted > width) [x, row] = [2, row + 1];
    const y = row * ROW + 9;
    const drawn =
      mark === 'dot'
        ? element('circle', { cx: x + 8, cy: y, r: 4.5, fill: color })
        : mark === 'area'
          ? element('rect', { x, y: y - 5, width: 16, height: 10, rx: 2, fill: color, 'fill-opacity': '0.3' })
          : element('line', { x1: x, x2: x + 16, y1: y, y2: y, stroke: color, 'stroke-width': 2.5 });
    const markup = drawn + text(label, { x: x + 22, y: y + 4 });
    x += wanted + 16;
    return markup;
  });
  return { markup: parts.join(''), rows: keys.length > 0 ? row + 1 : 0 };
}
