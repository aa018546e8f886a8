import { ACTION_LABELS, NOTICE_SOURCES, type Notice, type NoticeAction } from '../state/notices.js';
import type { PageStore } from '../state/PageState.js';
import { byId } from './byId.js';
import { prefersStill } from './prefersStill.js';
import { setText } from './setText.js';

/** Shows the most pressing problem, with a button that may help. */
export function bindNotice(store: PageStore, actions: Record<NoticeAction, () => void>): void {
  const box = byId('notice');
  const button = byId('notice-action', HTMLButtonElement);
  let shown: Notice | null = null;

  button.addEventListener('click', () => {
    if (shown?.action) actions[shown.action]();
  });
  store.subscribe(({ notices }) => {
    const source = NOTICE_SOURCES.find((one) => notices[one]);
    const notice = (source && notices[source]) ?? null;
    if (notice === shown) return;
    shown = notice;
    box.hidden = notice === null;
    box.dataset.code = notice?.code ?? '';
    box.dataset.source = source ?? '';
    setText(byId('notice-title'), notice?.title ?? '');
    setText(byId('notice-message'), notice?.message ?? '');
    button.hidden = !notice?.action;
    if (!notice) return;
    if (notice.action) setText(button, ACTION_LABELS[notice.action]);
    box.scrollIntoView({ block: 'nearest', behavior: prefersStill() ? 'auto' : 'smooth' });
  });
}
