import { deleteDB } from 'idb';
import { abortable } from '../../shared/abortable.js';
import { awakeTimeout } from '../../shared/awakeTimeout.js';
import { storageError } from './storageError.js';

/** How long other tabs have to let go. */
const PATIENCE_MS = 3000;
/** How long it may take at all, such as behind another tab's deletion that waits. */
const DELETING_MS = 10_000;

/**
 * Deletes one of visavis' databases. Other tabs let go of it at once, except frozen ones, which must not keep this one waiting forever:
 * then `vault-unavailable`. Throws `aborted` when the signal fires. However the waiting ends, the browser deletes the database once it can.
 * @param onDeleted runs once it is deleted, also after the waiting has ended
 */
export async function deleteDatabase(name: string, signal?: AbortSignal, onDeleted?: () => Promise<void>): Promise<void> {
  let cancel = () => {};
  const deletion = new Promise<void>((resolve, reject) => {
    const giveUpAfter = (ms: number) => {
      cancel();
      cancel = awakeTimeout(() => reject(new DOMException('another tab holds the database', 'TimeoutError')), ms);
    };
    giveUpAfter(DELETING_MS);
    deleteDB(name, { blocked: () => giveUpAfter(PATIENCE_MS) })
      .then(onDeleted)
      .then(resolve, reject);
  });
  try {
    await abortable(deletion, signal);
  } catch (cause) {
    throw storageError(cause, 'This site’s face data can’t be deleted');
  } finally {
    cancel();
  }
}
