import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import type { Template } from '../shared/Template.js';
import { openVault, type VaultOptions } from './openVault.js';
import { turnProbe } from './protection/turnProbe.js';
import type { Vault } from './Vault.js';
import type { SealedTemplate, StoredTemplate } from './database/VaultSchema.js';

const DATABASE = 'visavis-vault-test';
const SECRET = { secret: new Uint8Array(32).fill(7) };

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

const distance = (a: Float32Array, b: Float32Array) => Math.hypot(...a.map((v, i) => v - b[i]));

const opened: Vault[] = [];
async function open(options: VaultOptions = {}): Promise<Vault> {
  const vault = await openVault({ name: 'test', ...options });
  opened.push(vault);
  return vault;
}

/** Looks into the database behind the vault's back. */
async function behind<T>(task: (db: Awaited<ReturnType<typeof openDB>>) => Promise<T>, database = DATABASE): Promise<T> {
  const db = await openDB(database);
  try {
    return await task(db);
  } finally {
    db.close();
  }
}
const readRecord = (id = 'ann') => behind((db) => db.get('templates', id) as Promise<SealedTemplate>);
const writeRecord = (record: StoredTemplate) => behind((db) => db.put('templates', record));

afterEach(async () => {
  for (const vault of opened.splice(0).reverse()) await vault.erase();
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

  it('stores nothing readable but what is bound, and a key that cannot be exported', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    const { template } = await readRecord();
    const text = new TextDecoder('latin1').decode(template);
    expect(text).toContain('mobilenet-160');
    expect(text).not.toContain('consistency');
    const values = new TextDecoder('latin1').decode(new Uint8Array(TEMPLATE.embedding.buffer, 0, 8));
    expect(text).not.toContain(values);
    const key = await behind((db) => db.get('keys', 'device') as Promise<CryptoKey>);
    expect(key.extractable).toBe(false);
  });

  it('refuses a record with any one byte changed, cut or added', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE, { protected: true });
    const record = await readRecord();
    for (const name of ['template', 'protectionKey'] as const) {
      const bytes = record[name]!;
      const altered = [...bytes.keys()].map((i) => bytes.map((byte, k) => (k === i ? byte ^ (1 << (i % 8)) : byte)));
      altered.push(bytes.slice(0, -1), new Uint8Array([...bytes, 0]), new Uint8Array(0));
      for (const [i, value] of altered.entries()) {
        await writeRecord({ ...record, [name]: value });
        await expect(vault.get('ann'), `${name}, byte ${i}`).rejects.toMatchObject({ code: 'template-invalid' });
      }
    }
    await writeRecord({ ...record, protectionKey: null });
    await expect(vault.get('ann')).rejects.toMatchObject({ code: 'template-invalid' });
    await writeRecord({ ...record, template: record.protectionKey!, protectionKey: record.template });
    await expect(vault.get('ann')).rejects.toMatchObject({ code: 'template-invalid' });
    await writeRecord(record);
    expect((await vault.get('ann'))?.captures).toBe(3);
  });

  it('refuses a record of another id, another vault’s key, or said to be of another model version', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    const record = await readRecord();
    await writeRecord({ ...record, id: 'bo' });
    await expect(vault.get('bo')).rejects.toMatchObject({ code: 'template-invalid' });

    const other = await openVault({ name: 'test-other' });
    opened.push(other);
    await behind((db) => db.put('templates', record), 'visavis-vault-test-other');
    await expect(other.get('ann')).rejects.toMatchObject({ code: 'template-invalid' });

    const at = new TextDecoder('latin1').decode(record.template).indexOf('1.0.0');
    expect(at).toBeGreaterThan(0);
    await writeRecord({ ...record, template: record.template.map((byte, i) => (i === at ? 0x32 : byte)) });
    await expect(vault.get('ann')).rejects.toMatchObject({ code: 'template-invalid' });
  });

  it('reads what version 0.3 wrote, and takes it along under a lock', async () => {
    const vault = await open();
    const key = await behind((db) => db.get('keys', 'device') as Promise<CryptoKey>);
    const { embedding, ...rest } = TEMPLATE;
    const head = new TextEncoder().encode(JSON.stringify(rest));
    const plain = new Uint8Array(4 + head.length + embedding.byteLength);
    new DataView(plain.buffer).setUint32(0, head.length);
    plain.set(head, 4);
    plain.set(new Uint8Array(embedding.buffer), 4 + head.length);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = new TextEncoder().encode(`visavis-vault 1 ${location.origin} old`);
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
    await writeRecord({ id: 'old', version: 1, iv, data });
    expect(await vault.get('old')).toEqual(TEMPLATE);
    await vault.setLock(SECRET);
    expect((await readRecord('old')).version).toBe(2);
    expect(await vault.get('old')).toEqual(TEMPLATE);
    await writeRecord({ id: 'old', version: 1, iv, data });
    await expect(vault.get('old')).rejects.toMatchObject({ code: 'template-invalid' });
  });

  it('opens for two tabs at once with one key', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    await a.put('ann', TEMPLATE);
    expect(await b.get('ann')).toEqual(TEMPLATE);
  });

  it('leaves no database behind when erased, also with another tab open', async () => {
    const [a] = await Promise.all([open(), open()]);
    await a.put('ann', TEMPLATE);
    await a.erase();
    expect((await indexedDB.databases()).map((d) => d.name)).not.toContain(DATABASE);
  });

  it('says what it expects', async () => {
    await expect(openVault({ name: '' })).rejects.toThrow(TypeError);
    await expect(openVault({ name: 'test', lock: {} as never })).rejects.toThrow(/expected a lock/);
    await expect(openVault({ name: 'test', lock: { passphrase: 'short' } })).rejects.toThrow(RangeError);
    await expect(openVault({ name: 'test', lock: { secret: new Uint8Array(31) } })).rejects.toThrow(RangeError);
    const vault = await open();
    await expect(vault.put('', TEMPLATE)).rejects.toThrow(/expected a template's id/);
    await expect(vault.put('ann', undefined as unknown as Template)).rejects.toThrow(/expected a template made by/);
    await expect(vault.renew('ann')).rejects.toThrow(RangeError);
    await expect(vault.export('short')).rejects.toThrow(RangeError);
    vault.close();
    await expect(vault.list()).rejects.toMatchObject({ code: 'vault-unavailable' });
  });
});

describe('a second lock', () => {
  it('opens with the right secret only, is changed and removed, and keeps every template', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    await vault.put('bo', TEMPLATE, { protected: true });
    await vault.setLock(SECRET);
    expect(vault.lock).toBe('secret');
    vault.close();
    await expect(open()).rejects.toMatchObject({ code: 'vault-locked' });
    await expect(open({ lock: { secret: new Uint8Array(32).fill(8) } })).rejects.toMatchObject({ code: 'vault-locked' });
    await expect(open({ lock: { passphrase: 'another kind' } })).rejects.toMatchObject({ code: 'vault-locked' });
    const again = await open({ lock: SECRET });
    expect(await again.get('ann')).toEqual(TEMPLATE);
    await again.setLock({ secret: new Uint8Array(40).fill(9) });
    again.close();
    await expect(open({ lock: SECRET })).rejects.toMatchObject({ code: 'vault-locked' });
    const third = await open({ lock: { secret: new Uint8Array(40).fill(9) } });
    await third.setLock(null);
    third.close();
    const fourth = await open();
    expect(fourth.lock).toBeNull();
    expect(await fourth.get('ann')).toEqual(TEMPLATE);
    expect((await fourth.get('bo'))!.protection!.key).toBeInstanceOf(CryptoKey);
  });

  it('is a passphrase, through Argon2id', async () => {
    const vault = await open({ lock: { passphrase: 'correct horse' } });
    await vault.put('ann', TEMPLATE);
    vault.close();
    await expect(open({ lock: { passphrase: 'correct horsf' } })).rejects.toMatchObject({ code: 'vault-locked' });
    expect(await (await open({ lock: { passphrase: 'correct horse' } })).get('ann')).toEqual(TEMPLATE);
  });

  it('cannot be altered in any byte', async () => {
    const vault = await open();
    await vault.setLock(SECRET);
    vault.close();
    const state = await behind((db) => db.get('keys', 'state') as Promise<{ epoch: number; lock: Uint8Array }>);
    for (const i of state.lock.keys()) {
      const lock = state.lock.map((byte, k) => (k === i ? byte ^ 1 : byte));
      await behind((db) => db.put('keys', { ...state, lock }, 'state'));
      await expect(open({ lock: SECRET }), `byte ${i}`).rejects.toMatchObject({ code: 'template-invalid' });
    }
    await behind((db) => db.put('keys', state, 'state'));
    await open({ lock: SECRET });
  });

  it('stops tabs that were opened under the old one', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    await a.put('ann', TEMPLATE);
    await a.setLock(SECRET);
    await expect(b.put('bo', TEMPLATE)).rejects.toMatchObject({ code: 'vault-locked' });
    await expect(b.get('ann')).rejects.toMatchObject({ code: 'vault-locked' });
    expect(await a.list()).toEqual(['ann']);
    expect(await a.get('ann')).toEqual(TEMPLATE);
  });
});

describe('a protected template', () => {
  const probe = Float32Array.from({ length: 128 }, (_, i) => (i % 3 ? 1 : -0.5));
  const length = Math.hypot(...probe);
  probe.forEach((v, i) => (probe[i] = v / length));

  it('keeps distances, comes with its key, and gets another one', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE, { protected: true });
    const first = (await vault.get('ann'))!;
    expect(distance(first.embedding, TEMPLATE.embedding)).toBeGreaterThan(0.8);
    const turned = async (template: Template) => distance(await turnProbe(probe, template), template.embedding);
    expect(Math.abs((await turned(first)) - distance(probe, TEMPLATE.embedding))).toBeLessThan(0.02);
    await vault.renew('ann');
    const second = (await vault.get('ann'))!;
    expect(second.protection!.keyId).not.toBe(first.protection!.keyId);
    expect(distance(first.embedding, second.embedding)).toBeGreaterThan(0.8);
    expect(Math.abs((await turned(second)) - distance(probe, TEMPLATE.embedding))).toBeLessThan(0.03);
    const mixed = { ...first, protection: { ...first.protection!, key: second.protection!.key! } };
    await expect(turnProbe(probe, mixed)).rejects.toMatchObject({ code: 'template-invalid' });
  });
});

describe('export and import', () => {
  it('moves everything to another vault, with the passphrase only', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    await vault.put('bo', TEMPLATE, { protected: true });
    const bo = (await vault.get('bo'))!;
    const { file, skipped } = await vault.export('correct horse');
    expect(skipped).toEqual([]);
    const readable = JSON.parse(await vault.exportReadable()) as { templates: { id: string; embedding: number[] }[] };
    expect(readable.templates.map(({ id, embedding }) => [id, embedding.length])).toEqual([
      ['ann', 128],
      ['bo', 128],
    ]);
    const other = await openVault({ name: 'test-other', lock: SECRET });
    opened.push(other);
    await expect(other.import(file, 'wrong horse')).rejects.toMatchObject({ code: 'vault-locked' });
    expect(await other.list()).toEqual([]);
    expect(await other.import(file, 'correct horse')).toEqual(['ann', 'bo']);
    expect(await other.get('ann')).toEqual(TEMPLATE);
    const moved = (await other.get('bo'))!;
    expect(moved.embedding).toEqual(bo.embedding);
    expect(await turnProbe(TEMPLATE.embedding, moved)).toEqual(await turnProbe(TEMPLATE.embedding, bo));
  });

  it('refuses a file with any one byte changed, cut or added', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    const { file } = await vault.export('correct horse');
    const altered = [...file.keys()].map((i) => file.map((byte, k) => (k === i ? byte ^ 0x80 : byte)));
    for (const [i, bytes] of [...altered, file.slice(0, -1), new Uint8Array([...file, 0]), new Uint8Array(0)].entries()) {
      await expect(vault.import(bytes, 'correct horse'), `byte ${i}`).rejects.toMatchObject({ code: 'template-invalid' });
    }
  });
});
