import type { VerifierInfo } from '../../src/index.js';
import { noticeOfOtherModel } from '../state/notices.js';
import { isCapturing, isEnrolled, setNotice, type PageStore } from '../state/PageState.js';
import { ID, type TemplateKeeper } from './TemplateKeeper.js';

/** Says as soon as the engine is ready that the stored enrollment belongs to another model, so that nobody has to try it first. */
export function followModel(store: PageStore, keeper: TemplateKeeper): void {
  let looked: VerifierInfo | null = null;
  store.subscribe((state) => {
    const { engine } = state;
    if (engine.state !== 'ready' || engine.info === looked || isCapturing(state) || !isEnrolled(state)) return;
    looked = engine.info;
    void compare(engine.info);
  });

  async function compare(own: VerifierInfo): Promise<void> {
    // The login reports a template that can't be read.
    const template = await keeper.get(ID).catch(() => undefined);
    if (!template || isCapturing(store.state)) return;
    const same = (['model', 'modelVersion', 'pipelineVersion'] as const).every((field) => template[field] === own[field]);
    if (!same) setNotice(store, 'template', noticeOfOtherModel(template, own));
  }
}
