import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { abortable } from '../../shared/abortable.js';
import { withinAwakeTime } from '../../shared/withinAwakeTime.js';

/** How long a database may take to open. Another tab that deletes it, frozen halfway, would keep this one waiting forever. */
const OPENING_MS = 10_000;

/** Makes the object stores of a new database. */
type Create<S extends DBSchema> = (fresh: IDBPDatabase<S>) => void;

/**
 * Opens one of visavis' databases (all have version 1), creating it where it is not there. The connection closes when another tab wants to
 * delete the database, and when the browser closes it. Throws what IndexedDB throws, a `TimeoutError` when it takes too long, and `aborted`.
 */
export function openDatabase<S extends DBSchema>(name: string, create: Create<S>, signal?: AbortSignal): Promise<IDBPDatabase<S>> {
  return withLimit(openDB<S>(name, 1, { upgrade: (fresh) => create(fresh), blocking: letGo }), signal);
}

/** Opens a database only where it is there: looking for one must not leave an empty one behind. Otherwise like `openDatabase`. */
export async function openExistingDatabase<S extends DBSchema>(name: string): Promise<IDBPDatabase<S> | undefined> {
  let absent = false;
  const opening = openDB<S>(name, 1, {
    upgrade(_fresh, _old, _new, tx) {
      absent = true;
      tx.done.catch(() => undefined); // what the abort below is for
      tx.abort();
    },
    blocking: letGo,
  });
  try {
    return await withLimit(opening);
  } catch (error) {
    if (absent) return undefined;
    throw error;
  }
}

/** Another tab wants to delete the database: without this it would wait forever. What runs here is still finished. */
function letGo(_current: number, _blocked: number | null, event: IDBVersionChangeEvent): void {
  (event.target as IDBDatabase).close();
}

async function withLimit<S extends DBSchema>(opening: Promise<IDBPDatabase<S>>, signal?: AbortSignal): Promise<IDBPDatabase<S>> {
  try {
    return await withinAwakeTime(abortable(opening, signal), OPENING_MS, () => {
      throw new DOMException('the database does not open', 'TimeoutError');
    });
  } catch (cause) {
    // A connection that comes too late would keep other tabs from deleting the database.
    opening.then(
      (db) => db.close(),
      () => undefined,
    );
    throw cause;
  }
}
