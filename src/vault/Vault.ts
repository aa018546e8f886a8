import type { IDBPDatabase } from 'idb';
import { describe } from '../shared/describe.js';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { VaultSchema } from './VaultSchema.js';

const encoder = new TextEncoder();

/**
 * Templates, each encrypted with AES-256-GCM under a key that scripts cannot read out. That keeps them from whoever copies the
 * database's files or reads it through the page's storage panel; it does not keep them from a script that runs in the page itself.
 */
export class Vault {
  readonly #db: IDBPDatabase<VaultSchema>;
  readonly #key: CryptoKey;
  readonly #deleteDatabase: () => Promise<void>;

  /** @internal Use `openVault`. */
  constructor(db: IDBPDatabase<VaultSchema>, key: CryptoKey, deleteDatabase: () => Promise<void>) {
    this.#db = db;
    this.#key = key;
    this.#deleteDatabase = deleteDatabase;
  }

  /** Keeps a template under an id, replacing what is there. */
  async put(id: string, template: Template): Promise<void> {
    assertId(id);
    if (!(template?.embedding instanceof Float32Array) || template.format !== 'visavis-template') {
      throw new TypeError(`expected a template made by verifier.enroll, got ${describe(template)}`);
    }
    const { embedding, ...rest } = template;
    const head = encoder.encode(JSON.stringify(rest));
    const plain = new Uint8Array(4 + head.length + embedding.byteLength);
    try {
      new DataView(plain.buffer).setUint32(0, head.length);
      plain.set(head, 4);
      plain.set(new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength), 4 + head.length);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(id) }, this.#key, plain);
      await this.#guard(() => this.#db.put('templates', { id, version: 1, iv, data }));
    } finally {
      plain.fill(0);
    }
  }

  /** The template kept under an id; undefined where there is none. Throws `template-invalid` for a record that was altered. */
  async get(id: string): Promise<Template | undefined> {
    assertId(id);
    const sealed = await this.#guard(() => this.#db.get('templates', id));
    if (!sealed) return undefined;
    let plain: Uint8Array<ArrayBuffer> | undefined;
    try {
      const { iv, data } = sealed;
      plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: boundTo(id) }, this.#key, data));
      const headLength = new DataView(plain.buffer).getUint32(0);
      const rest = JSON.parse(new TextDecoder().decode(plain.subarray(4, 4 + headLength))) as Omit<Template, 'embedding'>;
      return { ...rest, embedding: new Float32Array(plain.slice(4 + headLength).buffer) };
    } catch (cause) {
      throw new VisavisError(
        'template-invalid',
        `The stored template "${id}" was altered or belongs to another key: delete it and enrol again.`,
        { cause },
      );
    } finally {
      plain?.fill(0);
    }
  }

  /** Ids of all templates. */
  async list(): Promise<string[]> {
    return this.#guard(() => this.#db.getAllKeys('templates'));
  }

  /** Removes a template; nothing happens where there is none. */
  async delete(id: string): Promise<void> {
    assertId(id);
    await this.#guard(() => this.#db.delete('templates', id));
  }

  /** Removes everything, the key included. The vault cannot be used afterwards. */
  async destroy(): Promise<void> {
    this.close();
    try {
      await this.#deleteDatabase();
    } catch (cause) {
      throw new VisavisError('vault-unavailable', 'The vault could not be deleted: close other tabs of this site and try again.', {
        cause,
      });
    }
  }

  /** Lets go of the database. */
  close(): void {
    this.#db.close();
  }

  async #guard<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (cause) {
      throw new VisavisError('vault-unavailable', 'The template store could not be read or written: reload the page and try again.', {
        cause,
      });
    }
  }
}

/** A record moved to another id does not open. */
function boundTo(id: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(`visavis-vault 1 ${location.origin} ${id}`);
}

function assertId(id: unknown): asserts id is string {
  if (typeof id !== 'string' || id === '') throw new TypeError(`expected a template's id, a text, got ${describe(id)}`);
}
