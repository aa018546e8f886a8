import { describe } from '../shared/describe.js';
import type { Template } from '../shared/Template.js';
import { AGAIN, repeatedly } from './database/repeatedly.js';
import { isSameTemplate } from './isSameTemplate.js';
import { openTemplate, sealTemplate, type OpenTemplate } from './sealed/sealTemplate.js';
import { usingTemplate } from './protection/usingTemplate.js';
import type { VaultKey } from './lock/VaultKey.js';
import type { VaultStore } from './database/VaultStore.js';

/**
 * Puts a template in the place of another, where that still lies there. Throws a RangeError where it does not: so what somebody deleted meanwhile,
 * in another tab, does not come back.
 */
export async function replaceTemplate(
  store: VaultStore,
  { key, epoch }: VaultKey,
  { id, before, after }: { id: string; before: Template; after: OpenTemplate },
): Promise<void> {
  await repeatedly(async () => {
    const stored = await store.read(epoch, id);
    if (!stored) throw gone(id);
    await usingTemplate(await openTemplate(key, stored), ({ template }) =>
      isSameTemplate(template, before) ? Promise.resolve() : Promise.reject(gone(id)),
    );
    return (await store.replace(epoch, stored, await sealTemplate(key, id, after))) || AGAIN;
  });
}

function gone(id: string): RangeError {
  return new RangeError(
    `expected the template to replace under ${describe(id)}, got another or none: it was deleted, or another put there`,
  );
}
