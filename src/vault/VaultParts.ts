import type { VaultLock, VaultLockKind } from './VaultLock.js';
import type { VaultStore } from './VaultStore.js';

/** What a vault is opened with. */
export interface VaultParts {
  readonly store: VaultStore;
  readonly key: CryptoKey;
  readonly lock: VaultLockKind | null;
  /** A new key under a lock, or the device's own for none. */
  readonly rekey: (lock: VaultLock | null) => Promise<{ key: CryptoKey; envelope: Uint8Array<ArrayBuffer> | null }>;
  readonly deleteDatabase: () => Promise<void>;
}
