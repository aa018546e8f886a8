import { throwIfAborted } from '../shared/abortable.js';
import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import type { CallOptions } from '../shared/options.js';
import { assertStoreName } from './database/assertStoreName.js';
import { deleteLocked } from './lock/deleteLocked.js';

export interface EraseVaultOptions extends CallOptions {
  /** As for `openVault`; default `default`. */
  name?: string;
}

const OPTIONS: OptionNames<EraseVaultOptions> = { name: true, signal: true };

/**
 * Deletes a vault of this origin without opening it, with its key and all its templates; does nothing where there is none. The way out where its
 * lock is lost, was altered, or belongs to another device, or its key or state is damaged; an open vault has `vault.erase()`. Throws `vault-unavailable`
 * where another tab does not let go of the database within 3 seconds (10 where that waits for another deletion), and `aborted`; the browser then
 * deletes it once it can.
 */
export async function eraseVault(options: EraseVaultOptions = {}): Promise<void> {
  assertOptions(options, OPTIONS, 'eraseVault');
  const { name = 'default', signal } = options;
  assertStoreName(name, "the vault's name");
  throwIfAborted(signal);
  await deleteLocked(`visavis-vault-${name}`, { signal });
}
