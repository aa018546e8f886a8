import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFakeVerifier, type FakeVerifier } from '../client/testing/createFakeVerifier.js';
import { obedient } from '../client/testing/FakeLooker.js';
import type { Template } from '../shared/Template.js';
import { openVault } from '../vault/openVault.js';
import type { DoneDetail } from './CaptureEvents.js';
import { mount, textOf, type Drawn } from './fixtures/mount.js';
import type { TemplateStore } from './TemplateStore.js';

const ID = 'renewed';
afterEach(async () => {
  document.body.replaceChildren();
  await (await openVault()).erase();
});

interface Setting {
  readonly element: Drawn;
  readonly now: FakeVerifier;
  readonly before: FakeVerifier;
  readonly template: Template;
}

/** Enrolled with an older model in the vault of the page, protected; in view is who is asked for. */
async function enrolled(sees = 'ann', properties: Partial<Drawn> = {}): Promise<Setting> {
  const before = createFakeVerifier({ sees: obedient(sees), modelVersion: '1.0.0' });
  const now = createFakeVerifier({ sees: obedient(sees), modelVersion: '2.0.0' });
  const template = { ...before.templateOf('ann'), createdAt: '2026-01-02T03:04:05.000Z' };
  await withVault((vault) => vault.put(ID, template, { protected: true }));
  const { element } = await mount({ 'template-id': ID }, { template: null, verifier: now, renewFrom: before, ...properties });
  return { element, now, before, template };
}

async function withVault<T>(work: (vault: Awaited<ReturnType<typeof openVault>>) => Promise<T>): Promise<T> {
  const vault = await openVault();
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}

async function started(element: Drawn): Promise<DoneDetail | null> {
  let done: DoneDetail | null = null;
  element.addEventListener('visavis-done', ({ detail }) => (done = detail), { once: true });
  await element.start();
  await element.updateComplete;
  return done;
}

/** The template that a start handed over. */
function renewedBy(done: DoneDetail | null): Template | null {
  return done?.result.mode === 'verify' ? done.result.renewed : null;
}

describe('a template of an older model', () => {
  it('is renewed by a match, in its place, protected as it was', async () => {
    const { element, before } = await enrolled();
    const told = new Set<string>();
    const watch = setInterval(() => told.add(textOf(element, '.instruction .words')), 1);
    Object.assign(element.camera!, { pace: 5 });
    const done = await started(element);
    clearInterval(watch);
    expect(done?.passed).toBe(true);
    expect(renewedBy(done)).toMatchObject({ modelVersion: '2.0.0' });
    expect(told).toContain('Turn your head a little to your right');
    expect(textOf(element, '.panel')).toBe('Face matched Your face matches the enrolled one. Your enrollment was updated.');
    const kept = await withVault((vault) => vault.get(ID));
    expect(kept).toMatchObject({ modelVersion: '2.0.0', createdAt: '2026-01-02T03:04:05.000Z' });
    expect(kept?.protection).toBeDefined();
    expect(before.disposed).toBe(false);

    const again = await started(element);
    expect([again?.passed, renewedBy(again)]).toEqual([true, null]);
    expect(textOf(element, '.panel')).toBe('Face matched Your face matches the enrolled one.');
  });

  it('stays what it is where somebody else is in view, whose try counts', async () => {
    const { element } = await enrolled('bob');
    onTestFinished(() => void indexedDB.deleteDatabase(`visavis-attempts-capture-${ID}`));
    // No time passes for the count: of two clocks, it believes the slower one.
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    for (let i = 0; i < 4; i++) expect((await started(element))?.passed).toBe(false);
    expect(await withVault((vault) => vault.get(ID))).toMatchObject({ modelVersion: '1.0.0' });
    await started(element);
    expect(textOf(element)).toContain('Too many tries');
  });

  it('is left to the page that handed it over', async () => {
    const { element, template } = await enrolled();
    element.template = template;
    const done = await started(element);
    expect(renewedBy(done)).toMatchObject({ modelVersion: '2.0.0' });
    expect(await withVault((vault) => vault.get(ID))).toMatchObject({ modelVersion: '1.0.0' });
  });

  it('that was deleted meanwhile does not come back', async () => {
    const { element, before } = await enrolled();
    const verify = before.verify.bind(before);
    vi.spyOn(before, 'verify').mockImplementation(async (...given) => {
      await withVault((vault) => vault.delete(ID));
      return verify(...given);
    });
    expect(await started(element)).toBeNull();
    expect(textOf(element, '.panel')).toBe('Your face isn’t set up yet Set up your face first.');
    expect(await withVault((vault) => vault.list())).toEqual([]);
  });

  it('stays where another was put in its place meanwhile', async () => {
    const { element, now, before } = await enrolled();
    const verify = before.verify.bind(before);
    vi.spyOn(before, 'verify').mockImplementation(async (...given) => {
      await withVault((vault) => vault.put(ID, { ...now.templateOf('ann'), captures: 7 }));
      return verify(...given);
    });
    expect((await started(element))?.passed).toBe(true);
    expect(await withVault((vault) => vault.get(ID))).toMatchObject({ captures: 7 });
  });

  it('is put into a store of the page’s own with what it replaces', async () => {
    const kept = new Map<string, Template>();
    const put = vi.fn<TemplateStore['put']>((id, given) => Promise.resolve(void kept.set(id, given)));
    const vault: TemplateStore = { get: (id) => Promise.resolve(kept.get(id)), put, delete: () => Promise.resolve() };
    const { element, template } = await enrolled('ann', { vault });
    kept.set(ID, template);
    await started(element);
    expect(put).toHaveBeenCalledExactlyOnceWith(ID, expect.objectContaining({ modelVersion: '2.0.0' }), { replaces: template });
  });

  it('of a model that the page no longer has is told before the camera', async () => {
    const { element, now } = await enrolled('ann', { renewFrom: createFakeVerifier({ modelVersion: '1.5.0' }), camera: null });
    const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    await started(element);
    expect(textOf(element, '.panel')).toBe('Your enrollment is outdated Set up your face again.');
    expect(asked).not.toHaveBeenCalled();
    expect(now.disposed).toBe(false);
  });
});
