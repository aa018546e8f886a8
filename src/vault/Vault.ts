import { throwIfAborted } from '../shared/abortable.js';
import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import { copyTemplate } from '../shared/copyTemplate.js';
import { assertFactory } from '../shared/factoryOnly.js';
import { describe } from '../shared/describe.js';
import { isTypedArray } from '../shared/isTypedArray.js';
import { OPTION_NAMES } from '../shared/optionNames.js';
import type { CallOptions } from '../shared/options.js';
import type { Template } from '../shared/Template.js';
import { deleteSame } from './deleteSame.js';
import { deleteLocked } from './lock/deleteLocked.js';
import { HeldKey } from './lock/HeldKey.js';
import { parseLockEnvelope } from './lock/lockEnvelope.js';
import { readPortable, writePortable, type PortableEntry } from './sealed/portableFile.js';
import { freshProtection } from './protection/protection.js';
import { readableExport } from './sealed/readableExport.js';
import { relock } from './lock/relock.js';
import { renewProtection } from './protection/renewProtection.js';
import { replaceTemplate } from './replaceTemplate.js';
import { handOut, openIfReadable, openTemplate, sealTemplate, type OpenTemplate } from './sealed/sealTemplate.js';
import { assertId, assertNewId, isNewId } from './sealed/templateId.js';
import { usingTemplate, wipeTemplate } from './protection/usingTemplate.js';
import { retireUnused } from './lock/retirePasskeyOf.js';
import { assertNewPassphrase, assertPassphrase, newLockKind, type VaultLock, type VaultLockKind } from './lock/VaultLock.js';
import type { VaultKey } from './lock/VaultKey.js';
import type { VaultParts } from './VaultParts.js';
import type { VaultStore } from './database/VaultStore.js';

export interface PutOptions {
  /** Whether to transform the template with a key of its own (see `protectTemplate`); the vault keeps both. Default false. */
  protected?: boolean;
  /**
   * The template that lies there, as `get` returned it and not overwritten since: then the new one takes its place in one step, protected as that
   * one was, and only while it is still there. Otherwise `put` throws a RangeError: what somebody deleted meanwhile stays deleted.
   */
  replaces?: Template;
}

export interface DeleteOptions {
  /**
   * The template that lies there, as `get` returned it and not overwritten since: then it is deleted only while it is still there, in one step. What
   * another tab has put in its place meanwhile stays.
   */
  only?: Template;
}

const PUT_OPTIONS: OptionNames<PutOptions> = { protected: true, replaces: true };
const DELETE_OPTIONS: OptionNames<DeleteOptions> = { only: true };

/** What a call that goes through all templates could not do. */
export interface SkippedTemplates {
  /** Ids of templates whose records can't be read, because they were altered or belong to another key. They stay as they are. */
  readonly skipped: readonly string[];
}

export interface VaultExport extends SkippedTemplates {
  /** For `import`. */
  readonly file: Uint8Array<ArrayBuffer>;
}

/**
 * Templates, each encrypted with AES-256-GCM under a key that scripts cannot read. That protects them from anyone who reads the database,
 * but not from a script that runs in the page itself, nor, without a second lock, from anyone who can use this browser profile. See
 * `docs/vault.md`.
 *
 * Every method that reads or writes rejects with `vault-unavailable` when the database is gone, with `vault-locked` when another tab changed the
 * lock, and with `template-invalid` when the vault's state is damaged (`erase`, or `eraseVault`, is the way out then). Calls may overlap in any
 * way, in one tab or several: each happens as a whole, before or after the others.
 */
export class Vault {
  readonly #parts: VaultParts;
  readonly #store: VaultStore;
  readonly #held: HeldKey;

  /** @internal Use `openVault`. */
  constructor(factory: symbol, parts: VaultParts) {
    assertFactory(factory, 'Vault', 'openVault');
    this.#parts = parts;
    this.#store = parts.store;
    this.#held = new HeldKey(parts.key);
  }

  /** The kind of the vault's second lock; null if it has none. */
  get lock(): VaultLockKind | null {
    return lockOf(this.#held.now);
  }

  /**
   * Stores a template under an id, replacing any template there. When the promise resolves, it is on the disk. Throws a RangeError for an
   * id that is longer than 1,024 bytes or holds half a character, and for more than 2,048 values to protect; a TypeError for what is no
   * template at all, or a protected one; and `template-invalid` for a template that is damaged.
   */
  async put(id: string, template: Template, options: PutOptions = {}): Promise<void> {
    assertOptions(options, PUT_OPTIONS, 'put');
    assertNewId(id);
    if (!isTypedArray(template?.embedding, 'Float32Array') || template.format !== 'visavis-template') {
      throw new TypeError(`expected a template made by verifier.enroll, got ${describe(template)}`);
    }
    const { replaces, protected: turned = Boolean(replaces?.protection) } = options;
    if (replaces !== undefined) assertTemplateShape(replaces);
    const before = replaces && copyTemplate(replaces);
    const write = (open: OpenTemplate) =>
      before ? this.#held.use((held) => replaceTemplate(this.#store, held, { id, before, after: open })) : this.#write([{ id, ...open }]);
    try {
      const plain = { template: copyTemplate(template), protectionKey: null };
      await usingTemplate(plain, async () => {
        assertTemplateShape(plain.template);
        if (plain.template.protection)
          throw new TypeError('expected a plain template: put(id, template, { protected: true }) protects it and keeps its key');
        return turned ? usingTemplate(await freshProtection(plain.template), write) : write(plain);
      });
    } finally {
      before?.embedding.fill(0);
    }
  }

  /** The template stored under an id; undefined if there is none. Throws `template-invalid` if its record was altered. */
  async get(id: string): Promise<Template | undefined> {
    assertId(id);
    const open = await this.#held.use(async ({ key, epoch }) => {
      const stored = await this.#store.read(epoch, id);
      return stored && openTemplate(key, stored);
    });
    if (!open) return undefined;
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
    await this.#held.use((held) => renewProtection(this.#store, held, id));
  }

  /** The ids of all templates. */
  async list(): Promise<string[]> {
    return this.#held.use(({ epoch }) => this.#store.list(epoch));
  }

  /** Deletes a template; does nothing if there is none, or not the one that is meant. */
  async delete(id: string, options: DeleteOptions = {}): Promise<void> {
    assertOptions(options, DELETE_OPTIONS, 'delete');
    assertId(id);
    if (options.only === undefined) return this.#held.use(({ epoch }) => this.#store.delete(epoch, id));
    assertTemplateShape(options.only);
    const only = copyTemplate(options.only);
    try {
      await this.#held.use((held) => deleteSame(this.#store, held, id, only));
    } finally {
      only.embedding.fill(0);
    }
  }

  /**
   * Sets or changes the second lock, which makes a new key, or (with null) removes it, which goes back to the device's own. All templates are
   * encrypted again, all of them or none. Records that can't be read stay as they are, and are named. Other tabs have to open the vault again.
   */
  async setLock(lock: VaultLock | null, options: CallOptions = {}): Promise<SkippedTemplates> {
    assertOptions(options, OPTION_NAMES.call, 'setLock');
    if (lock !== null) newLockKind(lock); // lets a caller's mistake surface before anybody is asked for anything
    throwIfAborted(options.signal);
    const fresh = await this.#parts.rekey(lock, options.signal);
    let skipped: string[] = [];
    let before: VaultKey;
    try {
      throwIfAborted(options.signal);
      before = await this.#held.change(async (held) => {
        const next = { ...fresh, epoch: held.epoch + 1 };
        skipped = await relock(this.#store, held, next);
        return next;
      });
    } catch (cause) {
      await retireUnused(this.#parts.database, fresh.envelope);
      throw cause;
    }
    await retireUnused(this.#parts.database, before.envelope);
    return { skipped };
  }

  /**
   * All templates as a file that the person can take with them. It opens on any device and site with its passphrase (at least 8
   * characters), and is only as strong as that. Protected templates are exported with their keys. Templates that can't be read are left
   * out, and named.
   */
  async export(passphrase: string, options: CallOptions = {}): Promise<VaultExport> {
    assertOptions(options, OPTION_NAMES.call, 'export');
    assertNewPassphrase(passphrase);
    throwIfAborted(options.signal);
    return this.#withAll(async (entries, { skipped }) => {
      const portable = entries.filter(({ id }) => isNewId(id));
      const others = entries.flatMap(({ id }) => (isNewId(id) ? [] : id));
      return { file: await writePortable(portable, passphrase, options.signal), skipped: [...skipped, ...others] };
    });
  }

  /**
   * Everything stored about people, as unencrypted JSON, for the person it is about (GDPR articles 15 and 20). Its field `unreadable` names
   * the templates that can't be read.
   */
  async exportReadable(): Promise<string> {
    return this.#withAll((entries, { skipped, held }) => Promise.resolve(readableExport(entries, skipped, lockOf(held) ?? 'none')));
  }

  /**
   * Imports a file that `export` wrote, all of it or nothing, replacing templates with the same ids. Returns the ids. Throws
   * `template-invalid` for a file that is damaged, not an export, or asks for more work than opening one may take, and `vault-locked` for a
   * wrong passphrase.
   */
  async import(file: Uint8Array, passphrase: string, options: CallOptions = {}): Promise<string[]> {
    assertOptions(options, OPTION_NAMES.call, 'import');
    assertPassphrase(passphrase);
    throwIfAborted(options.signal);
    const entries = await readPortable(file, passphrase, options.signal);
    try {
      await this.#write(entries);
      return entries.map(({ id }) => id);
    } finally {
      for (const entry of entries) wipeTemplate(entry);
    }
  }

  /**
   * Deletes everything, including the key. The vault cannot be used after that. Throws `vault-unavailable` where another tab does not let
   * go of the database within 3 seconds (10 where that waits for another deletion), and `aborted`; the browser then deletes it once it can.
   */
  async erase(options: CallOptions = {}): Promise<void> {
    assertOptions(options, OPTION_NAMES.call, 'erase');
    throwIfAborted(options.signal);
    this.close();
    await deleteLocked(this.#parts.database, { known: this.#held.now.envelope, signal: options.signal });
  }

  /** Closes the database. */
  close(): void {
    this.#store.close();
  }

  #write(entries: readonly PortableEntry[]): Promise<void> {
    return this.#held.use(async ({ key, epoch }) => {
      await this.#store.write(epoch, await Promise.all(entries.map((entry) => sealTemplate(key, entry.id, entry))));
    });
  }

  /** Wipes what was opened when the task is over. */
  async #withAll<T>(task: (entries: readonly PortableEntry[], of: SkippedTemplates & { held: VaultKey }) => Promise<T>): Promise<T> {
    const { held, records } = await this.#held.use(async (now) => ({ held: now, records: await this.#store.readAll(now.epoch) }));
    const entries: PortableEntry[] = [];
    const skipped: string[] = [];
    try {
      for (const stored of records) {
        const open = await openIfReadable(held.key, stored);
        if (open) entries.push({ id: stored.id, ...open });
        else skipped.push(stored.id);
      }
      return await task(entries, { skipped, held });
    } finally {
      for (const entry of entries) wipeTemplate(entry);
    }
  }
}

function lockOf({ envelope }: VaultKey): VaultLockKind | null {
  return envelope && parseLockEnvelope(envelope).recipe.kind;
}
