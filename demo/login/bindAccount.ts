import { isHeld, type AccountState, type AccountStore } from '../account/AccountState.js';
import { isCapturing, isEnrolled, type PageState, type PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { CaptureDesk } from './CaptureDesk.js';

const TEXTS = {
  vault: ['You’re enrolled', 'Your template is stored in this browser, encrypted.'],
  memory: ['You’re enrolled for now', 'Nothing could be stored, so your enrollment lasts only until you close this page.'],
} as const;

const heldBy = ({ server }: AccountState) => ` To set up again, ${server === 'none' ? '' : 'log in first, or '}choose “Forget me”.`;

interface Presses {
  readonly setUp: () => void;
  readonly forget: () => void;
  readonly saveData: () => void;
}

/** What can be done about an enrollment, and what comes after a capture. */
export function bindAccount(store: PageStore, accounts: AccountStore, desk: CaptureDesk, presses: Presses): void {
  const account = byId('account');
  const next = byId('next-button', HTMLButtonElement);
  const [enroll, data] = [byId('enroll-button', HTMLButtonElement), byId('data-button', HTMLButtonElement)];
  const forget = byId('forget-button');
  enroll.addEventListener('click', presses.setUp);
  forget.addEventListener('click', presses.forget);
  data.addEventListener('click', presses.saveData);
  next.addEventListener('click', () => stepAfter(store.state)?.act(desk));

  const draw = () => {
    const { state } = store;
    const { enrollment, forgetting } = state;
    const held = isHeld(accounts.state);
    account.dataset.enrollment = enrollment;
    account.hidden = !isEnrolled(state) || isCapturing(state);
    if (enrollment === 'vault' || enrollment === 'memory') {
      setText(byId('account-title'), TEXTS[enrollment][0]);
      setText(byId('account-text'), TEXTS[enrollment][1] + (held ? heldBy(accounts.state) : ''));
    }
    data.hidden = enrollment !== 'vault';
    enroll.hidden = held || state.mode === 'enroll';
    data.disabled = enroll.disabled = forgetting;
    // It has the focus, and keeps it.
    setText(forget, forgetting ? 'Forgetting …' : 'Forget me');
    forget.setAttribute('aria-disabled', String(forgetting));
    const step = stepAfter(state);
    next.hidden = step === null;
    next.classList.toggle('primary', step?.primary ?? false);
    if (step) setText(next, step.label);
  };
  store.subscribe(draw);
  accounts.subscribe(draw);
}

interface Step {
  readonly label: string;
  readonly primary: boolean;
  readonly act: (desk: CaptureDesk) => void;
}

/** Null where the capture itself says what comes next. */
function stepAfter(state: PageState): Step | null {
  const { phase, outcome, mode } = state;
  if (!isEnrolled(state)) return null;
  if (phase === 'done' && outcome?.kind === 'enrolled') return { label: 'Log in', primary: true, act: (desk) => desk.logIn() };
  if (phase === 'done' && outcome?.kind === 'match') return { label: 'Log in again', primary: false, act: (desk) => desk.logIn() };
  return mode === 'enroll' ? { label: 'Back to log in', primary: false, act: (desk) => desk.show('verify') } : null;
}
