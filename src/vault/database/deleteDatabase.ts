import { deleteDB } from 'idb';
import { abortable } from '../../shared/abortable.js';
import { awakeTimeout } from '../../shared/awakeTimeout.js';
import { VisavisError } from '../../shared/VisavisError.js';

/** How long other tabs have to let go. */
const PATIENCE_MS = 3000;
/** How long it may take at all, such as behind another tab's deletion that waits. */
const DELETING_MS = 10_000;

/**
 * Deletes one of visavis' databases. Other tabs let go of it at once, except frozen ones, which must not keep this one waiting forever:
 * then `vault-unavailable`. Throws `aborted` when the signal fires. However the waiting ends, the browser deletes the database once it can.
 */
export async function deleteDatabase(name: string, signal?: AbortSignal): Promise<void> {
  let cancel = () => {};
  const deletion = new Promise<void>((resolve, reject) => {
    const giveUpAfter = (ms: number) => {
      cancel();
      cancel = awakeTimeout(() => reject(new Error('another tab holds the database')), ms);
    };
    giveUpAfter(DELETING_MS);
    deleteDB(name, { blocked: () => giveUpAfter(PATIENCE_MS) }).then(resolve, reject);
  });
  try {
    await abortable(deletion, signal);
  } catch (cause) {
    if (cause instanceof VisavisError) throw cause;
    throw new VisavisError('vault-unavailable', 'This site’s face data couldn’t be deleted. Close the site’s other tabs, then try again.', {
      cause,
    });
  } finally {
    cancel();
  }
}
