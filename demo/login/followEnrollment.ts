import { noticeOf } from '../state/notices.js';
import type { Tell } from '../state/ownNotice.js';
import { isCapturing, type PageStore } from '../state/PageState.js';
import type { TemplateKeeper } from './TemplateKeeper.js';

/**
 * Checks whether someone is enrolled, now, whenever the page becomes visible, and when a capture has failed: another tab may have enrolled or
 * forgotten meanwhile.
 */
export function followEnrollment(store: PageStore, keeper: Pick<TemplateKeeper, 'where'>, tell: Tell): void {
  let { phase } = store.state;
  const look = async () => {
    try {
      const enrollment = await keeper.where();
      tell(null);
      store.set({ enrollment });
    } catch (error) {
      tell(noticeOf(error));
      // Who was enrolled is so still, where only nobody can look.
      if (store.state.enrollment === 'unknown') store.set({ enrollment: 'none' });
    }
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !isCapturing(store.state)) void look();
  });
  store.subscribe((state) => {
    if (state.phase === 'failed' && phase !== 'failed') void look();
    phase = state.phase;
  });
  void look();
}
