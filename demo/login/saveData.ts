import { noticeOf } from '../state/notices.js';
import { setNotice, type PageStore } from '../state/PageState.js';
import { saveText } from '../ui/saveText.js';
import type { TemplateKeeper } from './TemplateKeeper.js';

/** Downloads what is kept about the person. */
export async function saveData(store: PageStore, keeper: TemplateKeeper): Promise<void> {
  try {
    const text = await keeper.readable();
    if (text !== null) saveText('visavis-my-data.json', text, 'application/json');
  } catch (error) {
    setNotice(store, 'vault', noticeOf(error));
  }
}
