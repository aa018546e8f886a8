/**
 * What a vault's records are encrypted with. The three belong together and are replaced together: a record that was sealed under a key is
 * of use only as long as the database has the key's epoch.
 */
export interface VaultKey {
  /** Not extractable. */
  readonly key: CryptoKey;
  /** How often the vault's lock had been changed when the key was set. */
  readonly epoch: number;
  /** The `LockEnvelope` that holds the key; null where there is no second lock and the key is the device's own. */
  readonly envelope: Uint8Array<ArrayBuffer> | null;
}
