import { afterEach, expect, it, vi } from 'vitest';
import { transactionHash } from '../shared/challenge/transactionHash.js';
import { mount, textOf } from './fixtures/mount.js';

const TEXT = 'Pay 250 EUR\nto Ann';

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

/** As a server makes it: random bytes, and the text's hash after them. */
async function bound(): Promise<string> {
  const bytes = [...crypto.getRandomValues(new Uint8Array(32)), ...(await transactionHash(TEXT))];
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

it('is shown from the start on, letter by letter, until the end', async () => {
  const { element, verifier } = await mount({ challenge: await bound(), subject: 'ann', transaction: 'Pay 250 EUR\r\nto Ann' });
  const shown = () => element.renderRoot.querySelector('.deal')?.textContent;
  expect(textOf(element, '.transaction')).toBe('You’re confirming Pay 250 EUR to Ann');
  const seen = new Set<string | undefined>();
  element.addEventListener('visavis-phase', () => {
    // Of no account any more.
    element.transaction = 'Pay 5 EUR';
    void element.updateComplete.then(() => seen.add(shown()));
  });
  verifier.sees = { person: 'bob' };
  await element.start();
  await element.updateComplete;
  expect(element.phase).toBe('done');
  expect([...seen]).toEqual([TEXT]);
});

it.each([
  ['a challenge for another text', { transaction: 'Pay 5 EUR' }, /another one is shown/],
  ['a challenge for a text that is not shown', {}, /none is shown: set transaction/],
  ['a text that a person cannot see', { transaction: 'Pay\u202E5' }, /a person can see, got U\+202E/],
])('%s is refused before the camera starts', async (_, attributes, message) => {
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  const { element } = await mount({ challenge: await bound(), subject: 'ann', ...attributes }, { camera: null });
  await element.start();
  expect(element.error?.message).toMatch(message);
  expect(asked).not.toHaveBeenCalled();
});

it('a transaction that nothing would be signed for is refused', async () => {
  const { element } = await mount({ transaction: TEXT });
  await element.start();
  expect(element.error?.message).toMatch(/expected a challenge with the transaction/);
});

it('what was signed is not sent once no server would accept it', async () => {
  const form = document.createElement('form');
  document.body.append(form);
  const attributes = { mode: 'enroll', consent: 'given', name: 'face', required: '', challenge: 'abcdefghijklmnop', subject: 'Ann' };
  const { element } = await mount(attributes);
  form.append(element);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const running = element.start();
  await vi.waitFor(() => expect(element.phase).toBe('done'), { interval: 10, timeout: 120_000 });
  await running;
  expect(new FormData(form).get('face')).not.toBeNull();
  const changed = vi.fn();
  element.addEventListener('change', changed);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([new FormData(form).get('face'), form.checkValidity(), element.phase]).toEqual([null, false, 'idle']);
  expect(changed).toHaveBeenCalledOnce();
});
