import type { LinearRgb } from '../../shared/FaceReport.js';

/** What the screen shows first, for comparison. */
export const NEUTRAL = '#c8c8c8';

/**
 * The colors in which a screen lights a face: far apart, as a camera sees them. None is a saturated red in the sense of WCAG 2.3.1 (red at
 * most 0.8 of the sum of linear red, green and blue).
 */
export const LIGHT_COLORS = ['#ffcd46', '#ff7891', '#7878ff', '#46eb78', '#46dcf5', '#e169fa'] as const;

/** How many of them one session shows. */
const LIGHT_COUNT = 5;

/**
 * Draws different colors in random order; every order is equally likely.
 * @param random a number in 0 … 1, 1 excluded
 */
export function drawColors(random: () => number, count = LIGHT_COUNT): string[] {
  const rest: string[] = [...LIGHT_COLORS];
  return Array.from({ length: count }, () => rest.splice(Math.floor(random() * rest.length), 1)[0]!);
}

/** The light that a screen gives for `#rrggbb`. */
export function linearOf(color: string): LinearRgb {
  const channel = (at: number) => {
    const v = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}
