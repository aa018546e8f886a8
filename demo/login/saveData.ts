import { noticeOf } from '../state/notices.js';
import type { Tell } from '../state/ownNotice.js';
import { saveText } from '../ui/saveText.js';
import type { TemplateKeeper } from './TemplateKeeper.js';

/** Downloads what is kept about the person. */
export async function saveData(keeper: TemplateKeeper, tell: Tell): Promise<void> {
  try {
    const text = await keeper.readable();
    tell(null);
    if (text !== null) saveText('visavis-my-data.json', text, 'application/json');
  } catch (error) {
    tell(noticeOf(error));
  }
}
