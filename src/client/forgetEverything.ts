import { VisavisError } from '../shared/VisavisError.js';
import { deleteDatabase } from '../vault/deleteDatabase.js';
import { clearModelCache } from './clearModelCache.js';

const PREFIX = 'visavis-';

/**
 * Deletes everything that visavis keeps in this browser for this origin: vaults and their keys, counts of attempts, device keys, model files and the
 * remembered backend. visavis uses neither cookies nor localStorage nor sessionStorage. What a server or a passkey manager keeps is not reached from here. Throws
 * `vault-unavailable` where another tab holds on to something, or where the browser does not list databases: then delete this site's data in its settings.
 */
export async function forgetEverything(): Promise<void> {
  let names: string[];
  try {
    names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith(PREFIX) ? name : []));
  } catch (cause) {
    const message = 'This browser does not say what it keeps: delete this site’s data in its settings.';
    throw new VisavisError('vault-unavailable', message, { cause });
  }
  // All are tried, whatever becomes of one.
  const outcomes = await Promise.allSettled([...names.map(deleteDatabase), clearModelCache()]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
