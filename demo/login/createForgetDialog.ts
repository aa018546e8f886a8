import { noticeOf } from '../state/notices.js';
import { setNotice, type PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { eraseAll } from './eraseAll.js';
import type { TemplateKeeper } from './TemplateKeeper.js';

/**
 * Asks before deleting everything that is stored; `erase` is what deletes something in its own way, and says in words what it had to leave ('' if nothing).
 * Returns `ask`, which opens the question, and `forget`, which deletes without asking.
 */
export function createForgetDialog(
  store: PageStore,
  keeper: TemplateKeeper,
  erase: readonly (() => Promise<string>)[],
  say: (text: string) => void,
): { ask: () => void; forget: () => Promise<boolean> } {
  const dialog = byId('forget-dialog', HTMLDialogElement);

  const forget = async (): Promise<boolean> => {
    if (store.state.forgetting) return false;
    // A server that is slow to answer holds it up.
    store.set({ forgetting: true });
    say('Forgetting …');
    try {
      const left = await eraseAll(erase);
      await keeper.forget();
      setNotice(store, 'template', null);
      setNotice(store, 'vault', null);
      store.set({ enrollment: 'none', mode: 'enroll', outcome: { kind: 'forgotten', left } });
      return true;
    } catch (error) {
      setNotice(store, 'vault', noticeOf(error));
      return false;
    } finally {
      store.set({ forgetting: false });
    }
  };
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'forget') return;
    // The button that opened the dialog disappears, so the keyboard focus moves to the outcome.
    void forget().then((forgotten) => forgotten && byId('verdict-title').focus());
  });
  // A press on the backdrop is a press on the dialog itself, outside its form.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close('cancel');
  });
  return {
    ask: () => {
      if (store.state.forgetting) return;
      dialog.returnValue = 'cancel';
      dialog.showModal();
      byId('forget-cancel').focus();
    },
    forget,
  };
}
