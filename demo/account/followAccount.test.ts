import { afterEach, expect, it, vi } from 'vitest';
import type { AccountDesk } from './AccountDesk.js';
import { createAccountStore } from './AccountState.js';
import { followAccount } from './followAccount.js';

afterEach(() => vi.useRealTimers());

it('asks a server that does not answer again while the page is visible', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  const page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', page);
  const store = createAccountStore();
  const look = vi.fn(() => Promise.resolve());
  followAccount(store, { look } as unknown as AccountDesk);
  expect(look).toHaveBeenCalledTimes(1);
  const wait = () => vi.advanceTimersByTimeAsync(31_000);

  store.set({ server: 'there' });
  await wait();
  expect(look).toHaveBeenCalledTimes(1);
  store.set({ server: 'unreachable' });
  await wait();
  expect(look).toHaveBeenCalledTimes(3);
  page.hidden = true;
  await wait();
  expect(look).toHaveBeenCalledTimes(3);
});
