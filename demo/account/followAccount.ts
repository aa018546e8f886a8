import type { AccountDesk } from './AccountDesk.js';
import type { AccountStore } from './AccountState.js';

const AGAIN_MS = 15_000;

/**
 * Looks who is signed in, now and whenever the page becomes visible or the network is back: another tab may have changed that. A server that did
 * not answer is asked again while the page is visible: no event says that it answers by now. Where there is none, it is asked once.
 */
export function followAccount(store: AccountStore, desk: AccountDesk): void {
  const look = () => {
    if (!document.hidden && store.state.server !== 'none') void desk.look();
  };
  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', look);
  setInterval(() => {
    if (store.state.server === 'unreachable') look();
  }, AGAIN_MS);
  void desk.look();
}
