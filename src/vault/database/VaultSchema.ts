import type { DBSchema } from 'idb';

export interface VaultSchema extends DBSchema {
  keys: { key: 'device' | 'state'; value: CryptoKey | VaultState };
  templates: { key: string; value: StoredTemplate };
}

/** Under `state`; without it the epoch is 0 and there is no second lock. (Under `device` lies the AES-GCM key, not extractable.) */
export interface VaultState {
  /** Rises with every change of the lock: what was encrypted under an older key is not written any more. */
  readonly epoch: number;
  /** A `LockEnvelope`; null where the device's key encrypts the templates itself. */
  readonly lock: Uint8Array<ArrayBuffer> | null;
}

export type StoredTemplate = FirstTemplate | SealedTemplate;

/** A template as it lies in the database. Its id and what the head of an `Envelope` names lie open. */
export interface SealedTemplate {
  readonly id: string;
  readonly version: 2;
  /** An `Envelope` of the kind `template`. */
  readonly template: Uint8Array<ArrayBuffer>;
  /** An `Envelope` of the kind `protection-key`; null for a template that is not protected. */
  readonly protectionKey: Uint8Array<ArrayBuffer> | null;
}

/** As visavis 0.3 and before wrote it; still read. */
export interface FirstTemplate {
  readonly id: string;
  readonly version: 1;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}
