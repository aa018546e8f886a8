import type { Figure, Format } from './figures.js';
import { html, type Markup } from './html.js';
import { percent } from './numbers.js';

/** A 95 % interval, with one unit for both ends. */
export function between(n: Figure, path: string): Markup {
  return html`${n(`${path}.0`, (share) => percent(share).replace(' %', ''))} … ${n(`${path}.1`, percent)}`;
}

/**
 * A rate with its interval, next to it if there is room, otherwise below.
 * @param rate its path
 * @param interval its path; null if there is none
 */
export function rateWithInterval(n: Figure, rate: string, interval: string | null, format: Format = percent): Markup {
  return html`${n(rate, format)} ${interval !== null && html`<span class="sub">(${between(n, interval)})</span>`}`;
}
