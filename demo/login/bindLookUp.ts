import type { PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';

/** Mostly it is over before. */
const PAUSE_MS = 500;

/** Says what the empty place of the capture waits for: a vault may take ten seconds to open. */
export function bindLookUp(store: PageStore): void {
  const note = byId('look-up');
  const timer = setTimeout(() => setText(note, 'Looking up your enrollment …'), PAUSE_MS);
  store.subscribe(({ enrollment }) => {
    if (enrollment === 'unknown') return;
    clearTimeout(timer);
    setText(note, '');
  });
}
