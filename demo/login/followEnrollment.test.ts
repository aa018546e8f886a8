import { beforeEach, describe, expect, it, vi } from 'vitest';
import { VisavisError, type Template, type VerifierInfo } from '../../src/index.js';
import { noticeOf } from '../state/notices.js';
import { ownNotice } from '../state/ownNotice.js';
import { createPageStore, setNotice } from '../state/PageState.js';
import { followEnrollment } from './followEnrollment.js';
import { followModel } from './followModel.js';

let page: EventTarget;
beforeEach(() => vi.stubGlobal('document', (page = Object.assign(new EventTarget(), { hidden: false }))));

/** Somebody comes back to the page from another tab. */
async function comeBack(): Promise<void> {
  page.dispatchEvent(new Event('visibilitychange'));
  await settled();
}
const settled = () => new Promise((resolve) => setTimeout(resolve));
const CLOSED = new VisavisError('vault-unavailable', 'The vault can’t be opened.');

describe('who is enrolled', () => {
  async function open() {
    const store = createPageStore();
    const where = vi.fn<() => Promise<'vault' | 'memory' | 'none'>>().mockResolvedValue('vault');
    followEnrollment(store, { where }, ownNotice(store, 'vault'));
    await settled();
    return { store, where };
  }

  it('takes back what it said once it can look again, and no other notice', async () => {
    const { store, where } = await open();
    where.mockRejectedValueOnce(CLOSED);
    await comeBack();
    expect(store.state).toMatchObject({ enrollment: 'vault', notices: { vault: { code: 'vault-unavailable' } } });
    await comeBack();
    expect(store.state.notices.vault).toBeNull();
    const other = noticeOf(new Error('Not everything could be deleted.'));
    setNotice(store, 'vault', other);
    await comeBack();
    expect(store.state.notices.vault).toBe(other);
  });

  it('finds out after a capture that failed, because another window has forgotten the person', async () => {
    const { store, where } = await open();
    where.mockResolvedValue('none');
    store.set({ phase: 'looking' });
    await settled();
    expect(store.state.enrollment).toBe('vault');
    store.set({ phase: 'failed' });
    await settled();
    expect(store.state.enrollment).toBe('none');
    expect(where).toHaveBeenCalledTimes(2);
  });
});

describe('the model of the enrollment', () => {
  const OWN = { model: 'new-net', modelVersion: '1.0.0', pipelineVersion: 1 };
  const template = (model: string) => ({ ...OWN, model }) as unknown as Template;

  async function open() {
    const store = createPageStore();
    const get = vi.fn<() => Promise<Template | undefined>>().mockResolvedValue(template('old-net'));
    followModel(store, { get });
    store.set({ enrollment: 'vault', engine: { state: 'ready', info: OWN as unknown as VerifierInfo, loadMs: 1 } });
    await settled();
    return { store, get };
  }

  it('is said to be another one, until another tab enrolls with this one, or forgets', async () => {
    for (const now of [template('new-net'), undefined]) {
      const { store, get } = await open();
      const said = store.state.notices.template;
      expect(said).toMatchObject({ code: 'template-incompatible', message: expect.stringMatching(/old-net.*new-net/) as string });
      await comeBack();
      // It is not said anew.
      expect(store.state.notices.template).toBe(said);
      get.mockResolvedValue(now);
      await comeBack();
      expect(store.state.notices.template).toBeNull();
    }
  });

  it('leaves notices of other things, and of a template that can’t be read', async () => {
    const { store, get } = await open();
    get.mockRejectedValue(CLOSED);
    await comeBack();
    expect(store.state.notices.template).toMatchObject({ code: 'template-incompatible' });
    const held = { code: 'account-held', title: '', message: '', action: null } as const;
    setNotice(store, 'template', held);
    get.mockResolvedValue(template('new-net'));
    await comeBack();
    expect(store.state.notices.template).toBe(held);
  });
});
