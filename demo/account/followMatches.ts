import type { Outcome } from '../state/Outcome.js';
import type { PageStore } from '../state/PageState.js';
import type { AccountDesk } from './AccountDesk.js';

/** Tells the server about every match, once; the desk says where it can't. Nobody is told about a face that doesn't match. */
export function followMatches(page: PageStore, desk: AccountDesk): void {
  let seen: Outcome | null = null;
  page.subscribe(({ outcome }) => {
    if (outcome === seen) return;
    seen = outcome;
    if (outcome?.kind === 'match') void desk.signIn(outcome.result, outcome.fmr);
  });
}
