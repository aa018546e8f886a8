import { repeatedly } from './repeatedly.js';
import { openTemplate, sealTemplate } from './sealTemplate.js';
import { usingTemplate } from './usingTemplate.js';
import type { StoredTemplate } from './VaultSchema.js';
import type { VaultStore } from './VaultStore.js';

/**
 * Encrypts every template under another key, and keeps that key's lock, all at once. Encrypting takes longer than a transaction lives: it
 * is done before.
 */
export function relock(store: VaultStore, from: CryptoKey, to: CryptoKey, lock: Uint8Array<ArrayBuffer> | null): Promise<void> {
  return repeatedly(async () => {
    const before = await store.readAll();
    const after: StoredTemplate[] = [];
    for (const stored of before) {
      await usingTemplate(await openTemplate(from, stored), async (open) => after.push(await sealTemplate(to, stored.id, open)));
    }
    return store.relock(before, after, lock);
  });
}
