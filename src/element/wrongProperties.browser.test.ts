import { afterEach, expect, it, vi } from 'vitest';
import { PATIENT } from '../../e2e/fixtures/patient.js';
import { createFakeVerifier } from '../client/testing/createFakeVerifier.js';
import { obedient } from '../client/testing/FakeLooker.js';
import { openAttempts } from '../vault/attempts/openAttempts.js';
import { openVault } from '../vault/openVault.js';
import { mount, textOf, until, type Drawn } from './fixtures/mount.js';

const ID = 'wrong';
afterEach(async () => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
  const vault = await openVault();
  await vault.delete(ID);
  vault.close();
  await (await openAttempts({ name: `capture-${ID}` })).reset();
});

async function stored(): Promise<boolean> {
  const vault = await openVault();
  try {
    return (await vault.get(ID)) !== undefined;
  } finally {
    vault.close();
  }
}

async function enroll(): Promise<void> {
  const vault = await openVault();
  await vault.put(ID, createFakeVerifier({ sees: obedient('ann') }).templateOf('ann'));
  vault.close();
}

it.each([
  ['a text', { retention: '30 days' }, {}, Number.NaN],
  ['nothing', { retention: '' }, {}, null],
  ['nothing, by a framework', {}, { retention: '' as unknown as number }, null],
  ['no value yet', {}, { retention: undefined as unknown as number }, null],
  ['no number', {}, { retention: Number.NaN }, Number.NaN],
  ['a negative number', { retention: '-1' }, {}, -1],
])('a retention that is %s erases nothing', async (_, attributes, properties, read) => {
  await enroll();
  const { element } = await mount({ 'template-id': ID, ...attributes }, { template: null, ...properties });
  expect(element.retention).toBe(read);
  await element.start();
  expect(element.phase).toBe(read === null ? 'done' : 'failed');
  if (read !== null)
    expect(element.error).toMatchObject({ name: 'TypeError', message: expect.stringContaining('retention in days') as string });
  expect(await stored()).toBe(true);
});

it('reads numbers from the texts that frameworks set', async () => {
  const { element } = await mount({ retention: '30', fmr: '1e-4' });
  element.setAttribute('get-ready', '500');
  expect([element.retention, element.fmr, element.getReady]).toEqual([30, 1e-4, 500]);
  Object.assign(element, { retention: '7', fmr: '0.001', getReady: '' });
  expect([element.retention, element.fmr, element.getReady]).toEqual([7, 1e-3, null]);
  element.removeAttribute('retention');
  expect(element.retention).toBeNull();
});

const NULLABLE = [
  ...['modelsUrl', 'model', 'workerUrl', 'fmr', 'getReady', 'templateId', 'retention', 'consent', 'challenge', 'transaction', 'subject'],
  ...['deviceKey', 'name', 'fullscreen', 'theme', 'cues', 'wordsUrl', 'words', 'vault', 'renewFrom', 'camera'],
] as (keyof Drawn)[];

it('takes undefined for what has no value yet', async () => {
  const { element, camera } = await mount();
  const { template, verifier } = element;
  for (const name of [...NULLABLE, 'template', 'verifier', 'liveness', 'light', 'required', 'autoSubmit', 'mode']) {
    Object.assign(element, { [name]: undefined });
  }
  const set = element as unknown as Record<string, unknown>;
  for (const name of [...NULLABLE, 'template', 'verifier']) expect([name, set[name]]).toEqual([name, null]);
  await element.updateComplete;
  expect([element.liveness, element.light, element.required, element.autoSubmit, element.mode]).toEqual([
    false,
    false,
    false,
    false,
    'verify',
  ]);
  Object.assign(element, { template, verifier, camera, getReady: 0 });
  await element.start();
  expect(element.phase).toBe('done');
});

it('goes on where a text of the page is no message', async () => {
  const { element } = await mount(
    {},
    { words: { 'title.verify': '{', 'button.start': 'Go {where}', 'button.cancel': 'Stop' } as Drawn['words'] },
  );
  expect(textOf(element)).toContain('Start');
  await element.start();
  expect(element.phase).toBe('done');
});

it('speaks the language that was asked for last, whichever file is slower', async () => {
  const real = fetch.bind(window);
  vi.spyOn(window, 'fetch').mockImplementation(async (url, init) => {
    const name = /\/words\/(\w+)\.json$/.exec(url instanceof Request ? url.url : url.toString())?.[1];
    if (name === undefined) return real(url, init);
    await new Promise((resolve) => setTimeout(resolve, name === 'de' ? 150 : 0));
    return new Response(JSON.stringify({ 'button.start': `Start ${name}` }), { status: ['de', 'fr'].includes(name) ? 200 : 404 });
  });
  const { element } = await mount({ 'words-url': '/words/', lang: 'de' });
  element.setAttribute('lang', 'fr');
  await vi.waitFor(() => expect(textOf(element)).toContain('Start fr'), PATIENT);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(textOf(element)).toContain('Start fr');
});

it('ends at once where the page’s verifier never comes, and the try does not count', async () => {
  const { element } = await mount({ 'template-id': ID }, { verifier: () => new Promise(() => {}) });
  const over = element.start();
  await until(element, 'loading');
  await new Promise((resolve) => setTimeout(resolve, 100));
  element.cancel();
  await over;
  expect(await (await openAttempts({ name: `capture-${ID}` })).status()).toMatchObject({ failures: 0 });
});

it('stores nothing once it was cancelled, even while the vault is being opened', async () => {
  const { element } = await mount({ mode: 'enroll', consent: 'given', 'template-id': ID });
  const open = indexedDB.open.bind(indexedDB);
  let cancelled = 0;
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation((name, version) => {
    if (cancelled++ === 0) element.cancel();
    return open(name, version);
  });
  await element.start();
  vi.restoreAllMocks();
  expect([cancelled > 0, element.phase]).toEqual([true, 'idle']);
  await element.erase();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await stored()).toBe(false);
});
