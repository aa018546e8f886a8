import type { Outcome } from '../state/Outcome.js';
import type { PageStore } from '../state/PageState.js';
import type { AccountDesk } from './AccountDesk.js';

/** Tells the server of every match, once. A no-match stays here: nobody is told of it. */
export function followMatches(page: PageStore, desk: AccountDesk): void {
  let seen: Outcome | null = null;
  page.subscribe(({ outcome }) => {
    if (outcome === seen) return;
    seen = outcome;
    if (outcome?.kind === 'verdict' && outcome.match) void desk.signIn(outcome.result, outcome.fmr);
  });
}
