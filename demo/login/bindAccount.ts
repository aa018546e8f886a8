import type { PageState, PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { LoginDesk } from './LoginDesk.js';

const TEXTS: Record<PageState['enrolment'], readonly [title: string, text: string]> = {
  unknown: ['Your face', 'Looking for a stored enrolment.'],
  none: ['Set up face login', 'Enrol once. A few pictures from several sides become 128 numbers, then they are dropped.'],
  vault: ['You are enrolled', 'Your template is stored in this browser, encrypted. Show your face to log in.'],
  memory: ['You are enrolled for now', 'Nothing could be stored, so your template lives only until this page closes.'],
};

/** The card with the buttons: enrol, log in, cancel, forget. */
export function bindAccount(store: PageStore, desk: LoginDesk, onForget: () => void, onData: () => void): void {
  const enrol = byId('enrol-button', HTMLButtonElement);
  const login = byId('login-button', HTMLButtonElement);
  const cancel = byId('cancel-button', HTMLButtonElement);
  const forget = byId('forget-button', HTMLButtonElement);
  const data = byId('data-button', HTMLButtonElement);
  const progress = byId('task-progress', HTMLProgressElement);
  const verdict = byId('verdict');

  const start = async (task: () => Promise<void>) => {
    const running = task();
    // The pressed button goes away: the keyboard's focus moves on with the task.
    requestAnimationFrame(() => cancel.focus({ preventScroll: true }));
    await running;
    requestAnimationFrame(() => {
      const left = document.activeElement === document.body || document.activeElement === cancel;
      if (!left) return;
      if (verdict.hidden) (login.hidden ? enrol : login).focus({ preventScroll: true });
      else verdict.focus();
    });
  };
  enrol.addEventListener('click', () => void start(() => desk.tasks.enrol()));
  login.addEventListener('click', () => void start(() => desk.tasks.login()));
  cancel.addEventListener('click', () => desk.tasks.cancel());
  forget.addEventListener('click', onForget);
  data.addEventListener('click', onData);

  store.subscribe((state) => {
    const { enrolment, task } = state;
    const enrolled = enrolment === 'vault' || enrolment === 'memory';
    const reason = missing(state);
    byId('account').dataset.enrolment = enrolment;
    setText(byId('account-title'), TEXTS[enrolment][0]);
    setText(byId('account-text'), TEXTS[enrolment][1]);
    setText(enrol, enrolled ? 'Enrol again' : 'Enrol');
    enrol.classList.toggle('primary', !enrolled);
    enrol.hidden = login.hidden = forget.hidden = task !== null;
    login.hidden ||= !enrolled;
    forget.hidden ||= !enrolled;
    data.hidden = task !== null || enrolment !== 'vault';
    cancel.hidden = task === null;
    enrol.disabled = login.disabled = reason !== '';
    setText(byId('actions-reason'), task ? '' : reason);

    byId('task').hidden = task === null;
    if (!task) return;
    const done = task.count === task.total;
    setText(byId('task-text'), task.kind === 'enrol' ? (done ? 'Making your template' : 'Taking pictures') : 'Looking at you');
    setText(byId('task-count'), `${task.count} of ${task.total}`);
    progress.max = task.total;
    progress.value = task.count;
  });
}

/** What must happen before the buttons work; empty when nothing. */
function missing({ camera, engine, enrolment }: PageState): string {
  if (engine.state === 'error') return 'The face engine has stopped.';
  if (camera !== 'live')
    return engine.state === 'loading' ? 'The engine is loading. You can turn on the camera now.' : 'Turn on the camera first.';
  if (engine.state === 'loading') return 'One moment: the face engine is still loading.';
  return enrolment === 'unknown' ? 'One moment.' : '';
}
