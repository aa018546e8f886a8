import { chartRoot } from './chartRoot.js';
import { element } from './element.js';
import { text } from './text.js';

/** A chart with nothing to draw, which says why. */
export function emptyChart(words: string, { width, height }: { readonly width: number; readonly height: number }): string {
  return chartRoot(words, { width, height }, [
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
  ]);
}
