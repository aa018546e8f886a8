import { deleteDB } from 'idb';
import { VisavisError } from '../shared/VisavisError.js';

/** How long other tabs have to let go. */
const PATIENCE_MS = 3000;
/** How long it may take at all, such as behind another tab's deletion that waits. */
const LIMIT_MS = 10_000;

/**
 * Deletes one of visavis' databases. Other tabs let go of it at once, except frozen ones, which must not keep this one waiting forever:
 * then `vault-unavailable`.
 */
export async function deleteDatabase(name: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const giveUpAfter = (ms: number) => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(new Error('another tab holds the database')), ms);
      };
      giveUpAfter(LIMIT_MS);
      deleteDB(name, { blocked: () => giveUpAfter(PATIENCE_MS) }).then(resolve, reject);
    });
  } catch (cause) {
    throw new VisavisError('vault-unavailable', 'This site’s face data couldn’t be deleted. Close the site’s other tabs, then try again.', {
      cause,
    });
  } finally {
    clearTimeout(timer);
  }
}
