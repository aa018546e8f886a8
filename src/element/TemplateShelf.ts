import type { Template } from '../shared/Template.js';
import { isSameTemplate } from '../vault/isSameTemplate.js';
import { openVault } from '../vault/openVault.js';
import type { TemplateStore } from './TemplateStore.js';
import { Trouble } from './Trouble.js';

const DAY = 86_400_000;

/** Where the element keeps a template: the page's store, or this origin's `default` vault, open only while it is used. */
export class TemplateShelf {
  /** @param given an open vault, or another place; it stays its owner's */
  constructor(private readonly given: TemplateStore | null) {}

  /** The template; null where there is none. One that is older than `days` is erased first; what another tab has put there meanwhile is not. */
  async read(id: string, days: number | null): Promise<Template | null> {
    return this.#with(async (vault) => {
      const template = (await vault.get(id)) ?? null;
      if (!template || !isOver(template, days)) return template;
      await vault.delete(id, { only: template });
      const fresh = (await vault.get(id)) ?? null;
      return fresh && !isOver(fresh, days) ? fresh : null;
    });
  }

  /** False where the signal had fired before it was put. */
  write(id: string, template: Template, signal: AbortSignal): Promise<boolean> {
    return this.#with(async (vault) => {
      if (signal.aborted) return false;
      await vault.put(id, template);
      return true;
    });
  }

  /**
   * Puts a renewed template in the place of the one that it was made for. What somebody deleted meanwhile, in another tab, stays deleted: then it
   * throws `template-missing`. Another template that was put there meanwhile stays. Nothing is put once the signal has fired.
   */
  async renew(id: string, template: Template, replaces: Template, signal: AbortSignal): Promise<void> {
    await this.#with(async (vault) => {
      if (signal.aborted) return;
      try {
        await vault.put(id, template, { replaces });
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        const now = await vault.get(id);
        if (now && isSameTemplate(now, replaces)) throw error; // something else was wrong, such as too many values to protect
        if (now) return;
        template.embedding.fill(0);
        throw new Trouble('template-missing', 'The template was deleted while it was renewed: enroll again.');
      }
    });
  }

  erase(id: string): Promise<void> {
    return this.#with((vault) => vault.delete(id));
  }

  async #with<T>(work: (store: TemplateStore) => Promise<T>): Promise<T> {
    if (this.given) return work(this.given);
    const vault = await openVault();
    try {
      return await work(vault);
    } finally {
      vault.close();
    }
  }
}

/** Whether a template is older than it may become, or has no age that can be told. Never by a time that is none (see `isRetention`). */
export function isOver({ createdAt }: Template, days: number | null, now = Date.now()): boolean {
  return days !== null && isRetention(days) && !(now - Date.parse(createdAt) < days * DAY);
}

/** Whether a number of days is one: what was written wrongly erases nothing. */
export function isRetention(days: number): boolean {
  return Number.isFinite(days) && days >= 0;
}
