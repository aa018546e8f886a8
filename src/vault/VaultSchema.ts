import type { DBSchema } from 'idb';

export interface VaultSchema extends DBSchema {
  /** One record, `device`: the AES-GCM key, not extractable. */
  keys: { key: string; value: CryptoKey };
  templates: { key: string; value: SealedTemplate };
}

/** A template as it lies in the database. */
export interface SealedTemplate {
  readonly id: string;
  readonly version: 1;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}
