import type { Canvas } from './Canvas.js';
import { chartRoot } from './chartRoot.js';
import { element } from './element.js';
import { KEY_ROW, layKeys, type Key } from './layKeys.js';
import { round } from './round.js';
import { FONT_SIZE, text, textWidth } from './text.js';

export interface Tick {
  /** In units of the axis. */
  readonly at: number;
  readonly label: string;
  /** If two labels overlap, the one with the lower rank stays. */
  readonly rank?: number;
}

export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly Tick[];
  readonly title: string;
}

export interface PlotOptions {
  readonly width: number;
  readonly height: number;
  /** What the whole picture shows, for people who cannot see it. */
  readonly label: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly keys: readonly Key[];
  /** Space above the plot for `draw`. */
  readonly header?: number;
  /** `inside` is clipped at the plot's edges, `above` is not. */
  readonly draw: (canvas: Canvas) => { readonly inside?: readonly string[]; readonly above?: readonly string[] };
}

/** A label with the space it takes along its axis. */
interface PlacedTick {
  readonly tick: Tick;
  readonly span: readonly [number, number];
}

/**
 * Two axes with a grid, a legend, and what is drawn between them.
 *
 * Pixels are CSS pixels if the picture is shown as wide as it was drawn; with less space it shrinks.
 */
export function plot({ width, height, label, x, y, keys, header = 0, draw }: PlotOptions): string {
  const legend = layKeys(keys, width);
  const labelWidth = Math.max(0, ...y.ticks.map((tick) => textWidth(tick.label)));
  const top = legend.rows * KEY_ROW + 26 + header;
  const left = Math.ceil(labelWidth + 12);
  const right = width - 20;
  const bottom = height - 44;
  const canvas = {
    x: (value: number) => left + ((value - x.low) / (x.high - x.low)) * (right - left),
    y: (value: number) => bottom - ((value - y.low) / (y.high - y.low)) * (bottom - top),
    left,
    right,
    top,
    bottom,
  };
  const { inside = [], above = [] } = draw(canvas);

  const grid = { stroke: 'currentColor', 'stroke-opacity': '0.14', 'stroke-width': 1 };
  const within = ({ low, high, ticks }: Axis) => ticks.filter(({ at }) => at >= low - 1e-9 && at <= high + 1e-9);
  const across = within(x);
  const up = within(y);
  const xLabels = roomFor(across, (tick) => {
    const middle = canvas.x(tick.at);
    const half = textWidth(tick.label) / 2;
    const shift = Math.min(0, width - 2 - (middle + half)) + Math.max(0, 2 - (middle - half));
    return [middle + shift - half - 4, middle + shift + half + 4];
  });
  const yLabels = roomFor(up, (tick) => [canvas.y(tick.at) - FONT_SIZE * 0.7, canvas.y(tick.at) + FONT_SIZE * 0.7]);

  return chartRoot(label, { width, height }, [
    legend.markup,
    text(y.title, { x: 2, y: legend.rows * KEY_ROW + 14, quiet: true }),
    ...across.map(({ at }) => element('line', { x1: canvas.x(at), x2: canvas.x(at), y1: top, y2: bottom, ...grid })),
    ...up.map(({ at }) => element('line', { x1: left, x2: right, y1: canvas.y(at), y2: canvas.y(at), ...grid })),
    // A nested svg clips at its edges without an id, which several charts on one page would share.
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
  ]);
}

/** The labels that fit next to each other; those with a low rank go first. */
function roomFor(ticks: readonly Tick[], spanOf: (tick: Tick) => [number, number]): PlacedTick[] {
  const kept: PlacedTick[] = [];
  for (const tick of [...ticks].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))) {
    const span = spanOf(tick);
    if (tick.label && kept.every((other) => span[1] <= other.span[0] || span[0] >= other.span[1])) kept.push({ tick, span });
  }
  return kept;
}
