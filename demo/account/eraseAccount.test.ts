import { afterEach, expect, it, vi } from 'vitest';
import { wordsFor } from '../login/bindOutcome.js';
import { eraseAll } from '../login/eraseAll.js';
import { eraseAccount } from './eraseAccount.js';
import { rememberedAccount } from './rememberedAccount.js';

afterEach(() => vi.restoreAllMocks());

/** What the page says once everything was deleted, as far as it could be. */
async function said(erase: () => Promise<{ tone: 'bad'; text: string } | null>, isRemembered = true) {
  const account = isRemembered ? { id: 'a', name: 'Ann', deletionToken: 't' } : null;
  vi.spyOn(rememberedAccount, 'read').mockReturnValue(account);
  const left = await eraseAll([() => eraseAccount({ erase }), () => Promise.resolve('')]);
  return wordsFor({ kind: 'forgotten', left }).join(': ');
}

it('promises that nothing is left only where nothing is', async () => {
  expect(await said(() => Promise.resolve(null))).toMatch(/^Forgotten: .*Nothing about you is left in this browser\.$/);
  const unreachable = await said(() => Promise.resolve({ tone: 'bad', text: 'The account couldn’t be deleted.' }));
  expect(unreachable).toMatch(/^Not everything is forgotten: .*The account couldn’t be deleted\. Until then, the account’s name/);
  const noKey = () => Promise.reject(new Error('The database is blocked.'));
  expect(await said(noKey)).toMatch(/^Not everything is forgotten: .*its name is still here: The database is blocked\.$/);
});

it('finds nothing left of an account in a browser that keeps nothing', async () => {
  expect(await said(() => Promise.reject(new Error('This browser can’t store data.')), false)).toMatch(/^Forgotten: /);
});

it('has the rest deleted where one thing fails', async () => {
  const rest = vi.fn(() => Promise.resolve(''));
  expect(await eraseAll([() => Promise.reject(new Error('It failed.')), rest])).toEqual(['It failed.']);
  expect(rest).toHaveBeenCalled();
});
