import { noticeOf } from '../state/notices.js';
import { setNotice, type PageStore } from '../state/PageState.js';
import { saveText } from '../ui/saveText.js';
import type { TemplateKeeper } from './TemplateKeeper.js';

/** Gives the person what is kept about them, as a file. */
export async function saveData(store: PageStore, keeper: TemplateKeeper): Promise<void> {
  try {
    const text = await keeper.readable();
    if (text !== null) saveText('visavis-my-data.json', text, 'application/json');
  } catch (error) {
    setNotice(store, 'vault', noticeOf(error));
  }
}
