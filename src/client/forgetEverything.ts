import { throwIfAborted } from '../shared/abortable.js';
import { assertOptions } from '../shared/assertOptions.js';
import { OPTION_NAMES } from '../shared/optionNames.js';
import type { CallOptions } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';
import { deleteDatabase } from '../vault/database/deleteDatabase.js';
import { clearModelCache } from './bridge/clearModelCache.js';
import { rememberCamera } from './camera/pickedCamera.js';

const PREFIX = 'visavis-';

/**
 * Deletes everything that visavis keeps in this browser for this origin: vaults and their keys, attempt counts, device keys, model files,
 * the remembered backend, and the camera that was picked in `<visavis-capture>`. It cannot reach what a server or a passkey manager
 * keeps. Throws `vault-unavailable` if another tab keeps a database open, or if the browser does not list databases; in that case delete
 * this site's data in the browser's settings. Throws `aborted` when the signal fires; the browser then deletes what it can all the same.
 */
export async function forgetEverything(options: CallOptions = {}): Promise<void> {
  assertOptions(options, OPTION_NAMES.call, 'forgetEverything');
  const { signal } = options;
  throwIfAborted(signal);
  rememberCamera(null);
  let names: string[];
  try {
    names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith(PREFIX) ? name : []));
  } catch (cause) {
    const message = 'This browser does not list what it keeps for this site: delete this site’s data in the browser’s settings.';
    throw new VisavisError('vault-unavailable', message, { cause });
  }
  // Try all of them, even if one fails.
  const outcomes = await Promise.allSettled([...names.map((name) => deleteDatabase(name, signal)), clearModelCache()]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
