import { messageOf } from '../ui/messageOf.js';
import type { AccountDesk } from './AccountDesk.js';
import { rememberedAccount } from './rememberedAccount.js';

/** Deletes the account with this browser's key; resolves to what is left of it, in words, '' if nothing. */
export async function eraseAccount(desk: Pick<AccountDesk, 'erase'>): Promise<string> {
  try {
    const message = await desk.erase();
    return message ? `${message.text} Until then, the account’s name and what deletes it stay in this browser.` : '';
  } catch (error) {
    // Where no account was ever remembered, as in a browser that keeps nothing, there is none to be left.
    return rememberedAccount.read() ? `The account on the server couldn’t be deleted, and its name is still here: ${messageOf(error)}` : '';
  }
}
