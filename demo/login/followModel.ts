import type { VerifierInfo } from '../../src/index.js';
import { noticeOfOtherModel } from '../state/notices.js';
import { setNotice, type PageStore } from '../state/PageState.js';
import type { TemplateKeeper } from './TemplateKeeper.js';

/** Says as soon as the engine is ready that the stored enrollment is of another model: nobody need try to log in with it first. */
export function followModel(store: PageStore, keeper: TemplateKeeper): void {
  let looked: VerifierInfo | null = null;
  store.subscribe(({ engine, enrollment, task }) => {
    if (engine.state !== 'ready' || engine.info === looked || task || (enrollment !== 'vault' && enrollment !== 'memory')) return;
    looked = engine.info;
    void compare(engine.info);
  });

  async function compare(own: VerifierInfo): Promise<void> {
    // A template that cannot be read is for the log-in to report.
    const template = await keeper.read().catch(() => undefined);
    if (!template || store.state.task) return;
    const same = (['model', 'modelVersion', 'pipelineVersion'] as const).every((field) => template[field] === own[field]);
    if (!same) setNotice(store, 'template', noticeOfOtherModel(template, own));
  }
}
