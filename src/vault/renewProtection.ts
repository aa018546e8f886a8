import { describe } from '../shared/describe.js';
import { freshProtection, turnBack } from './protection.js';
import { repeatedly } from './repeatedly.js';
import { openTemplate, sealTemplate } from './sealTemplate.js';
import { usingTemplate } from './usingTemplate.js';
import type { VaultStore } from './VaultStore.js';

/** Puts a protected template under a new key. Throws a RangeError where there is none under that id. */
export function renewProtection(store: VaultStore, key: CryptoKey, id: string): Promise<void> {
  return repeatedly(async () => {
    const stored = await store.read(id);
    if (!stored) throw noneUnder(id);
    return usingTemplate(await openTemplate(key, stored), async (open) => {
      if (!open.template.protection) throw noneUnder(id);
      const plain = { template: await turnBack(open), protectionKey: null };
      return usingTemplate(plain, async ({ template }) =>
        usingTemplate(await freshProtection(template), async (fresh) => store.replace(stored, await sealTemplate(key, id, fresh))),
      );
    });
  });
}

function noneUnder(id: string): RangeError {
  return new RangeError(`expected the id of a protected template, got ${describe(id)}`);
}
