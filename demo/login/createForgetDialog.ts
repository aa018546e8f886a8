import { noticeOf } from '../state/notices.js';
import { setNotice, type PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import type { TemplateKeeper } from './TemplateKeeper.js';

/**
 * Asks before deleting everything that is stored; `erase` deletes what is stored elsewhere. Returns `ask`, which opens the question, and
 * `forget`, which deletes without asking.
 */
export function createForgetDialog(
  store: PageStore,
  keeper: TemplateKeeper,
  erase: () => Promise<unknown>,
): { ask: () => void; forget: () => Promise<boolean> } {
  const dialog = byId('forget-dialog', HTMLDialogElement);

  const forget = async (): Promise<boolean> => {
    try {
      await keeper.forget();
      await erase();
      setNotice(store, 'template', null);
      setNotice(store, 'vault', null);
      store.set({ enrollment: 'none', outcome: { kind: 'forgotten' } });
      return true;
    } catch (error) {
      setNotice(store, 'vault', noticeOf(error));
      return false;
    }
  };
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'forget') return;
    // The button that opened the dialog disappears, so the keyboard focus moves to the outcome.
    void forget().then((forgotten) => forgotten && byId('verdict').focus());
  });
  // A press on the backdrop is a press on the dialog itself, outside its form.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close('cancel');
  });
  return {
    ask: () => {
      dialog.returnValue = 'cancel';
      dialog.showModal();
      byId('forget-cancel').focus();
    },
    forget,
  };
}
