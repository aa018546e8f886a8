import { embeddingSize } from '../engine/bindEmbeddingSize.js';
import type { PageState, PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { LoginDesk } from './LoginDesk.js';

const TEXTS: Record<PageState['enrollment'], readonly [title: string, text: string]> = {
  unknown: ['Your face', 'Checking for a stored enrollment.'],
  none: ['Set up face login', 'Enroll once. A few pictures from different angles become NUMBERS numbers; then the pictures are deleted.'],
  vault: ['You’re enrolled', 'Your template is stored in this browser, encrypted. Show your face to log in.'],
  memory: ['You’re enrolled for now', 'Nothing could be stored, so your enrollment lasts only until you close this page.'],
};

/** The card with the buttons: enroll, log in, cancel, forget. */
export function bindAccount(store: PageStore, desk: LoginDesk, onForget: () => void, onData: () => void): void {
  const enroll = byId('enroll-button', HTMLButtonElement);
  const login = byId('login-button', HTMLButtonElement);
  const cancel = byId('cancel-button', HTMLButtonElement);
  const forget = byId('forget-button', HTMLButtonElement);
  const data = byId('data-button', HTMLButtonElement);
  const progress = byId('task-progress', HTMLProgressElement);
  const verdict = byId('verdict');

  const start = async (task: () => Promise<void>) => {
    const running = task();
    // The pressed button disappears, so the keyboard focus moves on with the task.
    requestAnimationFrame(() => cancel.focus({ preventScroll: true }));
    await running;
    requestAnimationFrame(() => {
      const left = document.activeElement === document.body || document.activeElement === cancel;
      if (!left) return;
      if (verdict.hidden) (login.hidden ? enroll : login).focus({ preventScroll: true });
      else verdict.focus();
    });
  };
  enroll.addEventListener('click', () => void start(() => desk.tasks.enroll()));
  login.addEventListener('click', () => void start(() => desk.tasks.login()));
  cancel.addEventListener('click', () => desk.tasks.cancel());
  forget.addEventListener('click', onForget);
  data.addEventListener('click', onData);

  store.subscribe((state) => {
    const { enrollment, task } = state;
    const enrolled = enrollment === 'vault' || enrollment === 'memory';
    const reason = missing(state);
    byId('account').dataset.enrollment = enrollment;
    setText(byId('account-title'), TEXTS[enrollment][0]);
    setText(byId('account-text'), TEXTS[enrollment][1].replace('NUMBERS', `${embeddingSize(state)}`));
    setText(enroll, enrolled ? 'Enroll again' : 'Enroll');
    enroll.classList.toggle('primary', !enrolled);
    enroll.hidden = login.hidden = forget.hidden = task !== null;
    login.hidden ||= !enrolled;
    forget.hidden ||= !enrolled;
    data.hidden = task !== null || enrollment !== 'vault';
    cancel.hidden = task === null;
    enroll.disabled = login.disabled = reason !== '';
    setText(byId('actions-reason'), task ? '' : reason);

    byId('task').hidden = task === null;
    if (!task) return;
    const done = task.count === task.total;
    setText(byId('task-text'), task.kind === 'enroll' ? (done ? 'Creating your template' : 'Taking pictures') : 'Checking your face');
    setText(byId('task-count'), `${task.count} of ${task.total}`);
    progress.max = task.total;
    progress.value = task.count;
  });
}

/** What has to happen before the buttons work; empty if nothing has to. */
function missing({ camera, engine, enrollment }: PageState): string {
  if (engine.state === 'error') return 'The face engine has stopped.';
  if (camera !== 'live')
    return engine.state === 'loading' ? 'The face engine is loading. You can turn on the camera now.' : 'Turn on the camera first.';
  if (engine.state === 'loading') return 'One moment, the face engine is still loading.';
  return enrollment === 'unknown' ? 'One moment.' : '';
}
