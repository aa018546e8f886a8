import { networkOf } from '../networkOf.js';

/** The count of all sources together stands beside those of each, under the empty name; so the others begin with something. */
export const EVERYWHERE = '';

export function sourceName(source: string): string {
  return `@${networkOf(source)}`;
}
