import { noticeOf } from '../state/notices.js';
import { isCapturing, setNotice, type PageStore } from '../state/PageState.js';
import type { TemplateKeeper } from './TemplateKeeper.js';

/** Checks whether someone is enrolled, now and whenever the page becomes visible: another tab may have enrolled or forgotten meanwhile. */
export function followEnrollment(store: PageStore, keeper: TemplateKeeper): void {
  const look = async () => {
    try {
      store.set({ enrollment: await keeper.where() });
    } catch (error) {
      setNotice(store, 'vault', noticeOf(error));
      store.set({ enrollment: 'none' });
    }
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !isCapturing(store.state)) void look();
  });
  void look();
}
