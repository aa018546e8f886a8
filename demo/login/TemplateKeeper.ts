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

  /** Keeps the template in memory where it can't be stored. Throws `AccountHeld`, and where the one that it replaces can't be deleted then. */
  async put(id: string, template: Template): Promise<void> {
    if (!(await this.mayEnroll())) throw new AccountHeld('Somebody else’s account is open to whoever is enrolled here.');
    try {
      await withVault((vault) => vault.put(id, template, { protected: true }));
      this.#inMemory = this.#problem = null;
    } catch (error) {
      if (!(error instanceof VisavisError)) throw error;
      await deleteIfOpen(id);
      this.#inMemory = template;
      this.#problem = error;
    }
  }

  async delete(id: string): Promise<void> {
    this.#inMemory = null;
    await withVault((vault) => vault.delete(id));
  }

  /** What is kept about the person, as unencrypted JSON; null if nothing outlives this page. */
  async readable(): Promise<string | null> {
    return this.#inMemory ? null : withVault((vault) => vault.exportReadable());
  }

  /** Deletes everything that the page keeps in this browser: the template, its keys, the count of attempts, the models. */
  async forget(): Promise<void> {
    const vaultless = this.#inMemory !== null;
    this.#inMemory?.embedding.fill(0);
    this.#inMemory = this.#problem = null;
    try {
      await forgetEverything();
    } catch (error) {
      // Where no vault can be opened, nothing was ever kept in one.
      if (!vaultless || (await canOpen())) throw error;
    }
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
