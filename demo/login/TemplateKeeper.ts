import type { TemplateStore } from '../../src/element.js';
import { forgetEverything, openVault, VisavisError, type Template, type Vault } from '../../src/index.js';

const VAULT = 'demo';
/** Whose template it is: the only one. */
export const ID = 'me';

/** Thrown instead of enrolling somebody who could then sign in to the account of somebody else. */
export class AccountHeld extends Error {
  override readonly name = 'AccountHeld';
}

/**
 * Keeps the person's template in the vault, or in memory where there is no vault. The vault is opened for each call and closed again, so
 * that other tabs can delete it, and the template is read only when it or its model is compared.
 */
export class TemplateKeeper implements TemplateStore {
  #inMemory: Template | null = null;
  #problem: VisavisError | null = null;
  /** Whether the last template could only be kept in memory; also once that is deleted. */
  #vaultless = false;

  /** @param mayEnroll asked before each template is put, however its enrollment began */
  constructor(private readonly mayEnroll: () => Promise<boolean>) {}

  /** Why the template could only be kept in memory; null where it could be stored. */
  get problem(): VisavisError | null {
    return this.#problem;
  }

  /** Where a template is kept. Throws `vault-unavailable`. */
  async where(): Promise<'vault' | 'memory' | 'none'> {
    if (this.#inMemory) return 'memory';
    return (await withVault((vault) => vault.list())).includes(ID) ? 'vault' : 'none';
  }

  /** Throws `template-invalid`. */
  async get(id: string): Promise<Template | undefined> {
    return this.#inMemory ?? withVault((vault) => vault.get(id));
  }

  /**
   * Keeps the template in memory where it can't be stored. Throws `AccountHeld`, a RangeError where the one to replace is no longer there, and
   * where the one that it replaces can't be deleted.
   */
  async put(id: string, template: Template, { replaces }: { replaces?: Template } = {}): Promise<void> {
    if (!(await this.mayEnroll())) throw new AccountHeld('Somebody else’s account is open to whoever is enrolled here.');
    const held = this.#inMemory;
    if (held && replaces && replaces !== held)
      throw new RangeError('expected the template to replace, got another: it was put there meanwhile');
    // Beside one in memory there is none in the vault.
    const stored = held ? undefined : replaces;
    try {
      await withVault((vault) => vault.put(id, template, { protected: true, replaces: stored }));
      this.#overwrite();
      this.#problem = null;
      this.#vaultless = false;
    } catch (error) {
      // Whether a certain one is still there, only the vault could tell.
      if (!(error instanceof VisavisError) || stored) throw error;
      await deleteIfOpen(id);
      this.#overwrite();
      this.#inMemory = template;
      this.#problem = error;
      this.#vaultless = true;
    }
  }

  async delete(id: string, { only }: { only?: Template } = {}): Promise<void> {
    const held = this.#inMemory;
    if (!held) {
      await withVault((vault) => vault.delete(id, { only }));
      return;
    }
    if (only && only !== held) return;
    this.#overwrite();
    // What lies in the vault by now, another tab has put there.
    if (!only) await deleteIfOpen(id);
  }

  /** What is kept about the person, as unencrypted JSON; null if nothing outlives this page. */
  async readable(): Promise<string | null> {
    return this.#inMemory ? null : withVault((vault) => vault.exportReadable());
  }

  /** Deletes everything that the page keeps in this browser: the template, its keys, the count of attempts, the models. */
  async forget(): Promise<void> {
    this.#overwrite();
    this.#problem = null;
    try {
      await forgetEverything();
    } catch (error) {
      // Where no vault can be opened, nothing was ever kept in one.
      if (!this.#vaultless || (await canOpen())) throw error;
    }
  }

  /** Nothing of the template in memory stays there. */
  #overwrite(): void {
    this.#inMemory?.embedding.fill(0);
    this.#inMemory = null;
  }
}

/** What a template in memory replaces would be there again, and let its person in, once the page is left. */
async function deleteIfOpen(id: string): Promise<void> {
  const vault = await openVault({ name: VAULT }).catch(orNull);
  if (!vault) return;
  try {
    await vault.delete(id);
  } finally {
    vault.close();
  }
}

async function canOpen(): Promise<boolean> {
  const vault = await openVault({ name: VAULT }).catch(orNull);
  vault?.close();
  return vault !== null;
}

function orNull(error: unknown): null {
  if (error instanceof VisavisError) return null;
  throw error;
}

async function withVault<T>(task: (vault: Vault) => Promise<T>): Promise<T> {
  const vault = await openVault({ name: VAULT });
  try {
    return await task(vault);
  } finally {
    vault.close();
  }
}
