import { describe } from '../../shared/describe.js';
import { freshProtection, turnBack } from './protection.js';
import { AGAIN, repeatedly } from '../database/repeatedly.js';
import { openTemplate, sealTemplate } from '../sealed/sealTemplate.js';
import { usingTemplate } from './usingTemplate.js';
import type { VaultKey } from '../lock/VaultKey.js';
import type { VaultStore } from '../database/VaultStore.js';

/** Puts a protected template under a new key of its own. Throws a RangeError where there is none under that id. */
export async function renewProtection(store: VaultStore, { key, epoch }: VaultKey, id: string): Promise<void> {
  await repeatedly(async () => {
    const stored = await store.read(epoch, id);
    if (!stored) throw noneUnder(id);
    return usingTemplate(await openTemplate(key, stored), async (open) => {
      if (!open.template.protection) throw noneUnder(id);
      const plain = { template: await turnBack(open), protectionKey: null };
      return usingTemplate(plain, async ({ template }) =>
        usingTemplate(
          await freshProtection(template),
          async (fresh) => (await store.replace(epoch, stored, await sealTemplate(key, id, fresh))) || AGAIN,
        ),
      );
    });
  });
}

function noneUnder(id: string): RangeError {
  return new RangeError(`expected the id of a protected template, got ${describe(id)}`);
}
