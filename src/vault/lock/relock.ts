import { isSameRecord } from '../database/isSameRecord.js';
import { AGAIN, repeatedly } from '../database/repeatedly.js';
import { openIfReadable, sealTemplate } from '../sealed/sealTemplate.js';
import { usingTemplate } from '../protection/usingTemplate.js';
import type { VaultKey } from './VaultKey.js';
import type { SealedTemplate, StoredTemplate } from '../database/VaultSchema.js';
import type { VaultStore } from '../database/VaultStore.js';

/**
 * Encrypts every template under another key, and keeps that key's lock, all at once. Encrypting takes longer than a transaction lives: it
 * is done before. Records that can't be read stay as they are; returns their ids.
 * @param to the key that comes after `from`
 */
export function relock(store: VaultStore, from: VaultKey, to: VaultKey): Promise<string[]> {
  /** What is done, by id: where another write came between, only what that changed is done again. */
  const done = new Map<string, { readonly before: StoredTemplate; readonly after: SealedTemplate | null }>();
  return repeatedly(async () => {
    const before = await store.readAll(from.epoch);
    for (const stored of before) {
      const known = done.get(stored.id);
      if (!known || !isSameRecord(known.before, stored)) done.set(stored.id, { before: stored, after: await reseal(from, to, stored) });
    }
    const after = before.map(({ id }) => done.get(id)!.after);
    const sealed = after.filter((record) => record !== null);
    if (!(await store.relock(from.epoch, before, sealed, to.envelope))) return AGAIN;
    return before.flatMap(({ id }, i) => (after[i] ? [] : id));
  });
}

async function reseal(from: VaultKey, to: VaultKey, stored: StoredTemplate): Promise<SealedTemplate | null> {
  const opened = await openIfReadable(from.key, stored);
  return opened && usingTemplate(opened, (open) => sealTemplate(to.key, stored.id, open));
}
