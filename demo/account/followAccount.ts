import type { AccountDesk } from './AccountDesk.js';
import type { AccountStore } from './AccountState.js';

/**
 * Looks who is signed in, now and whenever the page becomes visible or the network is back: another tab may have changed that, and a server that
 * did not answer may answer by now. Where there is none, it is asked once.
 */
export function followAccount(store: AccountStore, desk: AccountDesk): void {
  const look = () => {
    if (!document.hidden && store.state.server !== 'none') void desk.look();
  };
  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', look);
  void desk.look();
}
