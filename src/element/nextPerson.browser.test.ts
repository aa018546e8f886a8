import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { passTime } from '../../e2e/fixtures/passTime.js';
import { PATIENT } from '../../e2e/fixtures/patient.js';
import type { Template } from '../shared/Template.js';
import { createDeviceKey, openDeviceKey } from '../vault/deviceKey/createDeviceKey.js';
import { button, mount, textOf, until } from './fixtures/mount.js';
import type { TemplateStore } from './TemplateStore.js';

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

/** A store in memory. */
function storeOf(kept = new Map<string, Template>()) {
  const store: TemplateStore = {
    get: (id) => Promise.resolve(kept.get(id)),
    put: (id, template) => Promise.resolve(void kept.set(id, template)),
    delete: (id) => Promise.resolve(void kept.delete(id)),
  };
  return { kept, store };
}

it('a face that takes the place of another one gets a key of its own, so that it signs for nobody’s account', async () => {
  const { store } = storeOf();
  const attributes = { mode: 'enroll', consent: 'given', 'template-id': 'ann', challenge: 'abcdefghijklmnop', 'device-key': 'anns' };
  const { element } = await mount(attributes, { vault: store });
  const enrolled = async () => {
    await element.start();
    return (JSON.parse(element.value!) as { publicKey: { x: string } }).publicKey.x;
  };
  const first = await enrolled();
  const second = await enrolled();
  expect(second).not.toBe(first);
  const key = (await openDeviceKey({ name: 'anns' }))!;
  expect(key.publicJwk.x).toBe(second);
  // Without a server that asks, too: whoever lies there now has registered nothing.
  element.challenge = null;
  await element.start();
  expect(await openDeviceKey({ name: 'anns' })).toBeUndefined();
  element.mode = 'verify';
  element.challenge = 'abcdefghijklmnop';
  await element.start();
  expect(element.error).toMatchObject({ code: 'key-missing' });
  await element.erase();
  indexedDB.deleteDatabase('visavis-attempts-capture-ann');
});

it('enrolls also where this browser’s key is damaged', async () => {
  await createDeviceKey({ name: 'anns' });
  const db = await openDB('visavis-device-key-anns');
  await db.put('keys', null, 'device');
  db.close();
  const { kept, store } = storeOf();
  const attributes = { mode: 'enroll', consent: 'given', 'template-id': 'ann', 'device-key': 'anns' };
  const { element } = await mount(attributes, { vault: store });
  await element.start();
  expect([element.error, [...kept.keys()]]).toEqual([null, ['ann']]);
  expect(await openDeviceKey({ name: 'anns' })).toBeUndefined();
  await element.erase();
  indexedDB.deleteDatabase('visavis-attempts-capture-ann');
});

it('enrolls nobody while another tab keeps this browser’s key from being deleted', async () => {
  await createDeviceKey({ name: 'held' });
  const holder = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('visavis-device-key-held');
    request.onsuccess = () => resolve(request.result);
  });
  const { kept, store } = storeOf();
  const attributes = { mode: 'enroll', consent: 'given', 'template-id': 'ann', 'device-key': 'held' };
  const { element } = await mount(attributes, { vault: store });
  try {
    await element.start();
    expect([element.error, kept.size]).toEqual([expect.objectContaining({ code: 'vault-unavailable' }), 0]);
  } finally {
    holder.close();
  }
});

describe('what one person agreed to', () => {
  const consents = async () => {
    const { store } = storeOf();
    const form = document.createElement('form');
    document.body.append(form);
    const { element } = await mount({ mode: 'enroll', 'template-id': 'ann', retention: '30' }, { vault: store });
    form.append(element);
    const box = () => element.renderRoot.querySelector<HTMLInputElement>('#agree')!;
    box().click();
    await element.updateComplete;
    expect(box().checked).toBe(true);
    return { element, form, box };
  };

  it.each([
    ['cancels', ({ element }) => element.cancel()],
    ['resets the form', ({ form }) => form.reset()],
    ['leaves the page', () => void dispatchEvent(new PageTransitionEvent('pagehide'))],
    ['would be kept for longer', ({ element }) => void (element.retention = 300)],
    ['would be kept elsewhere', ({ element }) => void (element.templateId = 'bob')],
  ] as [string, (given: Awaited<ReturnType<typeof consents>>) => void][])('does not hold for the next when it %s', async (_, act) => {
    const given = await consents();
    act(given);
    await given.element.updateComplete;
    expect(given.box().checked).toBe(false);
    await given.element.start();
    expect(given.element.phase).toBe('idle');
  });

  it('holds while they try again', async () => {
    const { element } = await consents();
    element.verifier = () => Promise.reject(new Error('no network'));
    await element.start();
    await element.updateComplete;
    button(element, 'Try again').click();
    await until(element, 'failed');
    expect(textOf(element, '.title')).toBe('Something went wrong');
  });
});

it('light from the screen is chosen anew for every try', async () => {
  const { element, verifier } = await mount({ liveness: '', light: '' });
  verifier.liveness = 'timeout';
  const box = () => element.renderRoot.querySelector<HTMLInputElement>('#light')!;
  box().click();
  await element.start();
  await element.updateComplete;
  button(element, 'Try again').click();
  await element.updateComplete;
  expect([element.phase, box().checked]).toEqual(['idle', false]);
  box().click();
  await element.updateComplete;
  element.cancel();
  await element.updateComplete;
  expect(box().checked).toBe(false);
});

it('the focus goes on from a start button of the page’s own, and stays with it where nothing changes', async () => {
  const { element } = await mount({ mode: 'check', fullscreen: 'never' });
  const own = Object.assign(document.createElement('button'), { slot: 'start', textContent: 'Go' });
  element.append(own);
  own.focus();
  element.requestUpdate();
  await element.updateComplete;
  expect(document.activeElement).toBe(own);
  own.click();
  await until(element, 'done');
  await element.updateComplete;
  expect(document.activeElement).toBe(element);
  expect(element.shadowRoot!.activeElement).not.toBeNull();
});

describe('a template that is too old', () => {
  const old = { createdAt: '2020-01-01T00:00:00Z' } as Template;

  it('is erased when a script says where it lies, and when the page is shown again', async () => {
    const { kept, store } = storeOf(new Map([['ann', old]]));
    const { element } = await mount({ 'template-id': 'ann' });
    element.vault = store;
    element.retention = 30;
    await vi.waitFor(() => expect(kept.size).toBe(0), PATIENT);
    kept.set('bob', old);
    element.templateId = 'bob';
    await vi.waitFor(() => expect(kept.size).toBe(0), PATIENT);
    kept.set('bob', old);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await vi.waitFor(() => expect(kept.size).toBe(0), PATIENT);
  });
});

it('a store that never answers holds up neither the next try nor the erasure for ever', async () => {
  const { store } = storeOf();
  const put = vi.fn(() => new Promise<never>(() => {}));
  const { element } = await mount({ mode: 'enroll', consent: 'given', 'template-id': 'ann' }, { vault: { ...store, put } });
  void element.start();
  await vi.waitFor(() => expect(put).toHaveBeenCalled(), PATIENT);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await passTime(element.erase(), 120_000);
  element.mode = 'check';
  await passTime(element.start(), 600_000); // with a whole try, whose frames come when they like
  expect(element.phase).toBe('done');
  indexedDB.deleteDatabase('visavis-attempts-capture-ann');
});

it('a wait of unknown length is no share of anything', async () => {
  const { element } = await mount({}, { verifier: () => new Promise(() => {}) });
  void element.start();
  await until(element, 'loading');
  await element.updateComplete;
  const bar = element.renderRoot.querySelector('progress')!;
  expect([bar.position, bar.hasAttribute('value')]).toEqual([-1, false]);
  element.cancel();
});

it('enrolls into a place of the page’s own where the browser keeps nothing, unless a key has to sign', async () => {
  const { kept, store } = storeOf();
  const blocked = (['open', 'deleteDatabase'] as const).map((name) =>
    vi.spyOn(IDBFactory.prototype, name).mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    }),
  );
  try {
    const { element } = await mount({ mode: 'enroll', consent: 'given', 'template-id': 'ann' }, { vault: store });
    await element.start();
    expect([element.error, [...kept.keys()]]).toEqual([null, ['ann']]);
    kept.clear();
    element.challenge = 'abcdefghijklmnop';
    await element.start();
    expect([element.error, kept.size]).toEqual([expect.objectContaining({ code: 'vault-unavailable' }), 0]);
  } finally {
    for (const spy of blocked) spy.mockRestore();
  }
});
