import type { VerifierInfo } from '../../src/index.js';
import { noticeOfOtherModel, type Notice } from '../state/notices.js';
import { isCapturing, isEnrolled, setNotice, type PageState, type PageStore } from '../state/PageState.js';
import { ID, type TemplateKeeper } from './TemplateKeeper.js';

const ORIGIN = ['model', 'modelVersion', 'pipelineVersion'] as const;
/** What is said of a template, and holds no longer for another one. */
const OF_A_TEMPLATE: readonly Notice['code'][] = ['template-incompatible', 'template-invalid'];

/**
 * Says as soon as the engine is ready that the stored enrollment belongs to another model, so that nobody has to try it first; says so no longer
 * where another tab has enrolled anew meanwhile.
 */
export function followModel(store: PageStore, keeper: Pick<TemplateKeeper, 'get'>): void {
  let looked: VerifierInfo | null = null;
  const look = (state: PageState) => {
    const { engine } = state;
    if (engine.state !== 'ready' || engine.info === looked || isCapturing(state) || !isEnrolled(state)) return;
    looked = engine.info;
    void compare(engine.info);
  };
  store.subscribe(look);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    looked = null;
    look(store.state);
  });

  async function compare(own: VerifierInfo): Promise<void> {
    // The login reports a template that can't be read.
    const template = await keeper.get(ID).catch(() => 'unreadable' as const);
    if (template === 'unreadable' || isCapturing(store.state)) return;
    const shown = store.state.notices.template;
    if (!template || ORIGIN.every((field) => template[field] === own[field])) {
      if (shown && OF_A_TEMPLATE.includes(shown.code)) setNotice(store, 'template', null);
      return;
    }
    const notice = noticeOfOtherModel(template, own);
    if (notice.message !== shown?.message) setNotice(store, 'template', notice);
  }
}
