import type { VaultLock } from './VaultLock.js';
import type { VaultStore } from './VaultStore.js';

/** What a vault is opened with. */
export interface VaultParts {
  readonly store: VaultStore;
  readonly key: CryptoKey;
  /** The `LockEnvelope` that holds the key; null where there is no second lock. */
  readonly envelope: Uint8Array<ArrayBuffer> | null;
  /** A new key under a lock, or the device's own for none. */
  readonly rekey: (lock: VaultLock | null) => Promise<{ key: CryptoKey; envelope: Uint8Array<ArrayBuffer> | null }>;
  readonly deleteDatabase: () => Promise<void>;
}
