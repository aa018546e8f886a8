import { element, escape } from './element.mjs';

export const FONT_SIZE = 13;

const NARROW = /[.,:;()il\s]/;
const WIDE = /[A-Z%mw−]/;

/** Room that a text takes at most, in pixels: fonts differ, and nothing can be measured without a page. @param {string} words */
export function textWidth(words) {
  const ems = [...words].reduce((sum, c) => sum + (NARROW.test(c) ? 0.33 : WIDE.test(c) ? 0.85 : 0.57), 0);
  return ems * FONT_SIZE;
}

/**
 * A label. `halo` draws the page's ground around the letters, for labels that may lie over lines.
 * @param {string} words
 * @param {{ x: number, y: number, anchor?: 'start' | 'middle' | 'end', halo?: boolean, quiet?: boolean }} place
 */
export function text(words, { x, y, anchor = 'start', halo = false, quiet = false }) {
  return element(
    'text',
    {
      x,
      y,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      'fill-opacity': quiet ? '0.78' : undefined,
      ...(halo
        ? { stroke: 'var(--chart-ground, Canvas)', 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }
        : undefined),
    },
    escape(words),
  );
}
