import { isConnectionLost } from './storageError.js';

/** Does it once more where the browser closed the database meanwhile. The attempt has to open the database itself. */
export async function onceMore<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (cause) {
    if (!isConnectionLost(cause)) throw cause;
    return attempt();
  }
}
