import { element } from './element.js';
import { escapeMarkup } from './escapeMarkup.js';

/** Font size of all labels, in pixels of the drawing. */
export const FONT_SIZE = 13;

const NARROW = /[.,:;()il\s]/;
const WIDE = /[A-Z%mw−]/;

/** An upper bound for the width of a text, in pixels: fonts differ, and nothing can be measured without a page. */
export function textWidth(words: string): number {
  return Array.from(words, emsOf).reduce((sum, ems) => sum + ems, 0) * FONT_SIZE;
}

function emsOf(character: string): number {
  if (NARROW.test(character)) return 0.33;
  return WIDE.test(character) ? 0.85 : 0.57;
}

export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Draws the page's background color around the letters, for labels that may overlap lines. */
  readonly halo?: boolean;
  readonly quiet?: boolean;
}

/** A label. */
export function text(words: string, { x, y, anchor = 'start', halo = false, quiet = false }: TextPlace): string {
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
    escapeMarkup(words),
  );
}
