import type { VaultKey } from './lock/VaultKey.js';
import type { VaultLock } from './lock/VaultLock.js';
import type { VaultStore } from './database/VaultStore.js';

/** What a vault is opened with. */
export interface VaultParts {
  readonly store: VaultStore;
  readonly key: VaultKey;
  /** A new key under a lock, or the device's own for none. */
  readonly rekey: (lock: VaultLock | null, signal: AbortSignal | undefined) => Promise<Omit<VaultKey, 'epoch'>>;
  /** The database's name. */
  readonly database: string;
}
