import { deleteDB } from 'idb';
import { VisavisError } from '../shared/VisavisError.js';

const PATIENCE_MS = 3000;

/**
 * Deletes a database of visavis. Other tabs let go at once, except frozen ones, which must not keep this one waiting for ever: then `vault-unavailable`.
 */
export async function deleteDatabase(name: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const blocked = () => {
        timer = setTimeout(() => reject(new Error('another tab holds the database')), PATIENCE_MS);
      };
      deleteDB(name, { blocked }).then(resolve, reject);
    });
  } catch (cause) {
    throw new VisavisError('vault-unavailable', 'The vault could not be deleted: close other tabs of this site and try again.', { cause });
  } finally {
    clearTimeout(timer);
  }
}
