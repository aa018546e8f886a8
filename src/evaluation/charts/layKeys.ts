import { element } from './element.js';
import { text, textWidth } from './text.js';

/** One entry of the legend. */
export interface Key {
  readonly mark: 'line' | 'area' | 'dot';
  readonly color: string;
  readonly label: string;
}

/** Height of a row, in pixels. */
export const KEY_ROW = 20;

/** The legend, laid out in as many rows as it needs. */
export function layKeys(keys: readonly Key[], width: number): { markup: string; rows: number } {
  let [x, row] = [2, 0];
  const parts = keys.map((key) => {
    const wanted = 22 + textWidth(key.label);
    if (x > 2 && x + wanted > width) [x, row] = [2, row + 1];
    const y = row * KEY_ROW + 9;
    const markup = drawMark(key, x, y) + text(key.label, { x: x + 22, y: y + 4 });
    x += wanted + 16;
    return markup;
  });
  return { markup: parts.join(''), rows: keys.length > 0 ? row + 1 : 0 };
}

function drawMark({ mark, color }: Key, x: number, y: number): string {
  if (mark === 'dot') return element('circle', { cx: x + 8, cy: y, r: 4.5, fill: color });
  if (mark === 'area') return element('rect', { x, y: y - 5, width: 16, height: 10, rx: 2, fill: color, 'fill-opacity': '0.3' });
  return element('line', { x1: x, x2: x + 16, y1: y, y2: y, stroke: color, 'stroke-width': 2.5 });
}
