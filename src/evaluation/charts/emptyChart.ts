import { element } from './element.js';
import { FONT_SIZE, text } from './text.js';

/** A chart with nothing to draw, which says why. */
export function emptyChart(words: string, { width, height }: { readonly width: number; readonly height: number }): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': words,
      fill: 'currentColor',
      'font-size': FONT_SIZE,
      'font-family': 'inherit',
      class: 'chart',
    },
    element('rect', {
      x: 0.5,
      y: 0.5,
      width: width - 1,
      height: height - 1,
      rx: 8,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-opacity': '0.25',
    }),
    text(words, { x: width / 2, y: height / 2 + 4, anchor: 'middle', quiet: true }),
  );
}
