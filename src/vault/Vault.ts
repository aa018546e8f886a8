import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import { assertFactory } from '../shared/factoryOnly.js';
import { describe } from '../shared/describe.js';
import { isTypedArray } from '../shared/isTypedArray.js';
import type { Template } from '../shared/Template.js';
import { parseLockEnvelope } from './lockEnvelope.js';
import { MAX_ID_BYTES, readPortable, writePortable, type PortableEntry } from './portableFile.js';
import { freshProtection } from './protection.js';
import { readableExport } from './readableExport.js';
import { relock } from './relock.js';
import { renewProtection } from './renewProtection.js';
import { handOut, openTemplate, sealTemplate } from './sealTemplate.js';
import { usingTemplate, wipeTemplate } from './usingTemplate.js';
import { retirePasskeyOf, retireUnused } from './retirePasskeyOf.js';
import { assertPassphrase, lockKind, type VaultLock, type VaultLockKind } from './VaultLock.js';
import type { VaultParts } from './VaultParts.js';
import type { VaultStore } from './VaultStore.js';

export interface PutOptions {
  /** Whether to transform the template with a key of its own (see `protectTemplate`); the vault keeps both. Default false. */
  protected?: boolean;
}

const PUT_OPTIONS: OptionNames<PutOptions> = { protected: true };

/**
 * Templates, each encrypted with AES-256-GCM under a key that scripts cannot read. That protects them from anyone who reads the database,
 * but not from a script that runs in the page itself, nor, without a second lock, from anyone who can use this browser profile. See
 * `docs/vault.md`.
 *
 * Every method rejects with `vault-unavailable` when the database is gone, and with `vault-locked` when another tab changed the lock.
 */
export class Vault {
  readonly #parts: VaultParts;
  readonly #store: VaultStore;
  #key: CryptoKey;
  #envelope: Uint8Array<ArrayBuffer> | null;

  /** @internal Use `openVault`. */
  constructor(factory: symbol, parts: VaultParts) {
    assertFactory(factory, 'Vault', 'openVault');
    this.#parts = parts;
    this.#store = parts.store;
    this.#key = parts.key;
    this.#envelope = parts.envelope;
  }

  /** The kind of the vault's second lock; null if it has none. */
  get lock(): VaultLockKind | null {
    return this.#envelope && parseLockEnvelope(this.#envelope).recipe.kind;
  }

  /** Stores a template under an id, replacing any template there. When the promise resolves, it is on the disk. */
  async put(id: string, template: Template, options: PutOptions = {}): Promise<void> {
    assertOptions(options, PUT_OPTIONS, 'put');
    assertId(id);
    if (!isTypedArray(template?.embedding, 'Float32Array') || template.format !== 'visavis-template') {
      throw new TypeError(`expected a template made by verifier.enroll, got ${describe(template)}`);
    }
    assertTemplateShape(template);
    if (template.protection)
      throw new TypeError('expected a plain template: put(id, template, { protected: true }) protects it and keeps its key');
    if (!options.protected) {
      await this.#store.write([await sealTemplate(this.#key, id, { template, protectionKey: null })]);
      return;
    }
    await usingTemplate(await freshProtection(template), async (open) => this.#store.write([await sealTemplate(this.#key, id, open)]));
  }

  /** The template stored under an id; undefined if there is none. Throws `template-invalid` if its record was altered. */
  async get(id: string): Promise<Template | undefined> {
    assertId(id);
    const stored = await this.#store.read(id);
    if (!stored) return undefined;
    const open = await openTemplate(this.#key, stored);
    try {
      return await handOut(open);
    } finally {
      open.protectionKey?.fill(0);
    }
  }

  /**
   * Gives a protected template a new key, so that leaked copies of the old one can no longer be linked to it. Throws a RangeError if there
   * is no protected template under that id. Each renewal costs a little accuracy, because the template is rounded again.
   */
  async renew(id: string): Promise<void> {
    assertId(id);
    await renewProtection(this.#store, this.#key, id);
  }

  /** The ids of all templates. */
  async list(): Promise<string[]> {
    return this.#store.list();
  }

  /** Deletes a template; does nothing if there is none. */
  async delete(id: string): Promise<void> {
    assertId(id);
    await this.#store.delete(id);
  }

  /**
   * Sets, changes or (with null) removes the second lock: makes a new key and encrypts all templates again, all of them or none. Other tabs
   * have to open the vault again.
   */
  async setLock(lock: VaultLock | null): Promise<void> {
    if (lock) lockKind(lock); // lets a caller's mistake surface before anybody is asked for anything
    const before = this.#envelope;
    const { key, envelope } = await this.#parts.rekey(lock);
    try {
      await relock(this.#store, this.#key, key, envelope);
    } catch (cause) {
      await retireUnused(this.#store, envelope);
      throw cause;
    }
    this.#key = key;
    this.#envelope = envelope;
    await retireUnused(this.#store, before);
  }

  /**
   * All templates as a file that the person can take with them. It opens on any device and site with its passphrase (at least 8
   * characters), and is only as strong as that. Protected templates are exported with their keys.
   */
  async export(passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
    assertPassphrase(passphrase);
    return this.#withAll((entries) => writePortable(entries, passphrase));
  }

  /** Everything stored about people, as unencrypted JSON, for the person it is about (GDPR articles 15 and 20). */
  async exportReadable(): Promise<string> {
    return this.#withAll((entries) => Promise.resolve(readableExport(entries, this.lock ?? 'none')));
  }

  /**
   * Imports a file that `export` wrote, all of it or nothing, replacing templates with the same ids. Returns the ids. Throws
   * `template-invalid` for a file that is damaged or not an export, and `vault-locked` for a wrong passphrase.
   */
  async import(file: Uint8Array, passphrase: string): Promise<string[]> {
    assertPassphrase(passphrase);
    const entries = await readPortable(file, passphrase);
    try {
      const key = this.#key;
      await this.#store.write(await Promise.all(entries.map((entry) => sealTemplate(key, entry.id, entry))));
      return entries.map(({ id }) => id);
    } finally {
      for (const entry of entries) wipeTemplate(entry);
    }
  }

  /** Deletes everything, including the key. The vault cannot be used after that. */
  async erase(): Promise<void> {
    this.close();
    await this.#parts.deleteDatabase();
    retirePasskeyOf(this.#envelope);
  }

  /** Closes the database. */
  close(): void {
    this.#store.close();
  }

  async #withAll<T>(task: (entries: PortableEntry[]) => Promise<T>): Promise<T> {
    const entries: PortableEntry[] = [];
    try {
      for (const stored of await this.#store.readAll()) entries.push({ id: stored.id, ...(await openTemplate(this.#key, stored)) });
      return await task(entries);
    } finally {
      for (const entry of entries) wipeTemplate(entry);
    }
  }
}

function assertId(id: unknown): asserts id is string {
  if (typeof id !== 'string' || id === '') throw new TypeError(`expected a template's id, a text, got ${describe(id)}`);
  if (new TextEncoder().encode(id).length > MAX_ID_BYTES) throw new RangeError(`expected an id of at most ${MAX_ID_BYTES} bytes`);
}
