import type { Template } from '../shared/Template.js';
import { AGAIN, repeatedly } from './database/repeatedly.js';
import { isSameTemplate } from './isSameTemplate.js';
import { openTemplate } from './sealed/sealTemplate.js';
import { usingTemplate } from './protection/usingTemplate.js';
import type { VaultKey } from './lock/VaultKey.js';
import type { VaultStore } from './database/VaultStore.js';

/** Deletes a template where it still lies there: what another tab put in its place meanwhile stays. */
export async function deleteSame(store: VaultStore, { key, epoch }: VaultKey, id: string, only: Template): Promise<void> {
  await repeatedly(async () => {
    const stored = await store.read(epoch, id);
    if (!stored) return;
    const same = await usingTemplate(await openTemplate(key, stored), ({ template }) => Promise.resolve(isSameTemplate(template, only)));
    return !same || (await store.replace(epoch, stored, null)) ? undefined : AGAIN;
  });
}
