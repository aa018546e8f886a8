import { demandsLiveness, type AccountStore } from '../account/AccountState.js';
import type { PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { memo } from '../ui/memo.js';
import { setText } from '../ui/setText.js';

const PLACE = 'visavis-demo-liveness';

/** The switch that asks for movements, as this browser remembers it; on, with the reason beside it, where the account's server demands them. */
export function bindLiveness(store: PageStore, accounts: AccountStore): void {
  const liveness = byId('liveness-switch', HTMLInputElement);
  let chosen = memo.read(PLACE) === 'on';
  const draw = () => {
    const demanded = demandsLiveness(accounts.state);
    liveness.checked = demanded || chosen;
    liveness.disabled = demanded;
    setText(byId('liveness-reason'), demanded ? 'The server of your account demands movements.' : '');
    store.set({ liveness: liveness.checked });
  };
  liveness.addEventListener('change', () => {
    chosen = liveness.checked;
    memo.write(PLACE, chosen ? 'on' : 'off');
    draw();
  });
  accounts.subscribe(draw);
}

export function forgetLiveness(): void {
  memo.write(PLACE, null);
}
