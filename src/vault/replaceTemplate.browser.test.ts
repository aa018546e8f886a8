import { deleteDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { templateOf } from './fixtures/templateOf.js';
import { openVault } from './openVault.js';
import type { Vault } from './Vault.js';

let vault: Vault;
afterEach(async () => {
  vault.close();
  await deleteDB('visavis-vault-replacing');
});
const open = async () => (vault = await openVault({ name: 'replacing' }));

const newer = (captures: number) => ({ ...templateOf(captures), modelVersion: '2.0.0' });

describe('put with replaces', () => {
  it('takes the place of what get returned, protected or not as that was', async () => {
    await open();
    for (const turned of [false, true]) {
      await vault.put('ann', templateOf(3), { protected: turned });
      const replaces = (await vault.get('ann'))!;
      await vault.put('ann', newer(5), { replaces });
      const now = (await vault.get('ann'))!;
      expect(now).toMatchObject({ modelVersion: '2.0.0', captures: 5 });
      expect(now.protection !== undefined).toBe(turned);
      if (turned) expect(now.protection!.keyId).not.toBe(replaces.protection!.keyId);
    }
    await vault.put('ann', templateOf(3), { protected: true });
    await vault.put('ann', newer(5), { replaces: (await vault.get('ann'))!, protected: false });
    expect(await vault.get('ann')).toEqual(newer(5));
  });

  it('writes nothing where it was deleted, or another put there', async () => {
    await open();
    await vault.put('ann', templateOf(3));
    const replaces = (await vault.get('ann'))!;
    const message = /expected the template to replace under "ann"/;
    await vault.put('ann', { ...templateOf(3), createdAt: '2026-05-06T07:08:09.000Z' });
    await expect(vault.put('ann', newer(5), { replaces })).rejects.toThrow(message);
    const turned = { ...templateOf(3), embedding: templateOf(3).embedding.map((value) => -value) };
    await vault.put('ann', turned);
    await expect(vault.put('ann', newer(5), { replaces })).rejects.toThrow(message);
    expect(await vault.get('ann')).toEqual(turned);
    await vault.delete('ann');
    await expect(vault.put('ann', newer(5), { replaces })).rejects.toThrow(message);
    expect(await vault.list()).toEqual([]);
    await expect(vault.put('ann', newer(5), { replaces: {} as never })).rejects.toMatchObject({ code: 'template-invalid' });
    await expect(vault.put('ann', newer(5), { replaces: null as never })).rejects.toMatchObject({ code: 'template-invalid' });
  });

  it('is never without a template, and of two at once one takes the place', async () => {
    await open();
    await vault.put('ann', templateOf(3));
    const other = await openVault({ name: 'replacing' });
    const replaces = (await vault.get('ann'))!;
    let done = false;
    const puts = Promise.allSettled([vault.put('ann', newer(4), { replaces }), other.put('ann', newer(5), { replaces })]);
    void puts.then(() => (done = true));
    while (!done) expect(await other.get('ann')).toBeDefined();
    const settled = await puts;
    other.close();
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await vault.get('ann'))!.captures).toBe(settled[0].status === 'fulfilled' ? 4 : 5);
  });
});

describe('delete with only', () => {
  it('deletes what get returned, protected or not, and nothing else', async () => {
    await open();
    for (const turned of [false, true]) {
      await vault.put('ann', templateOf(3), { protected: turned });
      const only = (await vault.get('ann'))!;
      await vault.put('ann', newer(5), { protected: turned });
      await vault.delete('ann', { only });
      expect(await vault.get('ann')).toMatchObject({ captures: 5 });
      await vault.delete('ann', { only: (await vault.get('ann'))! });
      expect(await vault.list()).toEqual([]);
      await vault.delete('ann', { only });
    }
    await vault.put('ann', templateOf(3));
    await expect(vault.delete('ann', { only: {} as never })).rejects.toMatchObject({ code: 'template-invalid' });
    await expect(vault.delete('ann', { onyl: templateOf(3) } as never)).rejects.toThrow('the nearest is "only"');
    expect(await vault.list()).toEqual(['ann']);
  });

  it('leaves what another tab puts there at the same time', async () => {
    await open();
    const other = await openVault({ name: 'replacing' });
    for (let n = 0; n < 20; n++) {
      await vault.put('ann', templateOf(3));
      const only = (await vault.get('ann'))!;
      await Promise.all([vault.delete('ann', { only }), other.put('ann', newer(5))]);
      expect(await vault.get('ann')).toMatchObject({ captures: 5 });
    }
    other.close();
  });
});
