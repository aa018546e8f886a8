import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import type { Template } from '../shared/Template.js';
import { openVault } from './openVault.js';
import type { Vault } from './Vault.js';

const TEMPLATE: Template = {
  format: 'visavis-template',
  formatVersion: 1,
  model: 'mobilenet-160',
  modelVersion: '1.0.0',
  pipelineVersion: 1,
  embedding: Float32Array.from({ length: 128 }, (_, i) => (i % 2 ? 1 : -1) / Math.sqrt(128)),
  captures: 3,
  consistency: 0.9,
  createdAt: '2026-01-02T03:04:05.000Z',
};

const opened: Vault[] = [];
async function open(): Promise<Vault> {
  const vault = await openVault({ name: 'test' });
  opened.push(vault);
  return vault;
}

afterEach(async () => {
  for (const vault of opened.splice(0).reverse()) await vault.destroy();
});

describe('openVault', () => {
  it('keeps templates across openings, exactly', async () => {
    const first = await open();
    await first.put('ann', TEMPLATE);
    first.close();
    const second = await open();
    expect(await second.list()).toEqual(['ann']);
    expect(await second.get('ann')).toEqual(TEMPLATE);
    expect(await second.get('bo')).toBeUndefined();
    await second.delete('ann');
    expect(await second.list()).toEqual([]);
  });

  it('stores nothing readable, and a key that cannot be exported', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    vault.close();
    const db = await openDB('visavis-vault-test');
    const record = (await db.get('templates', 'ann')) as { data: ArrayBuffer };
    const text = new TextDecoder('latin1').decode(record.data);
    expect(text).not.toContain('mobilenet');
    const key = (await db.get('keys', 'device')) as CryptoKey;
    expect(key.extractable).toBe(false);
    db.close();
  });

  it('refuses a record that was altered or moved', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    const db = await openDB('visavis-vault-test');
    const record = (await db.get('templates', 'ann')) as { id: string; data: ArrayBuffer };
    await db.put('templates', { ...record, id: 'bo' });
    await expect(vault.get('bo')).rejects.toMatchObject({ code: 'template-invalid' });
    new Uint8Array(record.data)[5] ^= 1;
    await db.put('templates', record);
    await expect(vault.get('ann')).rejects.toMatchObject({ code: 'template-invalid' });
    db.close();
  });

  it('opens for two tabs at once with one key', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    await a.put('ann', TEMPLATE);
    expect(await b.get('ann')).toEqual(TEMPLATE);
  });

  it('leaves no database behind when destroyed, also with another tab open', async () => {
    const [a] = await Promise.all([open(), open()]);
    await a.put('ann', TEMPLATE);
    await a.destroy();
    expect((await indexedDB.databases()).map((d) => d.name)).not.toContain('visavis-vault-test');
  });

  it('says what it expects', async () => {
    await expect(openVault({ name: '' })).rejects.toThrow(TypeError);
    const vault = await open();
    await expect(vault.put('', TEMPLATE)).rejects.toThrow(/expected a template's id/);
    await expect(vault.put('ann', undefined as unknown as Template)).rejects.toThrow(/expected a template made by/);
    vault.close();
    await expect(vault.list()).rejects.toMatchObject({ code: 'vault-unavailable' });
  });
});
