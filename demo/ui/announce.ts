import { byId } from './byId.js';

/** Tells screen readers, through the page's polite live region. */
export function announce(text: string): void {
  byId('announcer').textContent = text;
}
