import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { passTime } from '../../../e2e/fixtures/passTime.js';
import { recordMatch } from '../../shared/matchLedger.js';
import type { Template } from '../../shared/Template.js';
import type { VerifyResult } from '../../shared/verification.js';
import { createDeviceKey } from '../deviceKey/createDeviceKey.js';
import { openAttempts } from '../attempts/openAttempts.js';
import { openVault } from '../openVault.js';
import type { Vault } from '../Vault.js';

const DATABASE = 'visavis-vault-lost';
const ORIGIN = { model: 'mobilenet-160', modelVersion: '1.0.0', pipelineVersion: 1 };
const TEMPLATE: Template = {
  ...{ format: 'visavis-template', formatVersion: 1, ...ORIGIN },
  embedding: Float32Array.from({ length: 128 }, (_, i) => (i % 2 ? 1 : -1) / Math.sqrt(128)),
  ...{ captures: 3, consistency: 0.9, createdAt: '2026-01-02T03:04:05.000Z' },
};
const MATCH = {
  match: true,
  distance: 0.6,
  normalizedDistance: 0.6,
  extrapolated: false,
  threshold: 1.07,
  estimatedFmr: 1e-6,
  face: null,
  frames: 3,
  liveness: null,
};

/** Every connection that the page opens, so that tests can do to it what a browser does. */
let connections: IDBDatabase[] = [];
const opened: Vault[] = [];

async function open(): Promise<Vault> {
  const vault = await openVault({ name: 'lost' });
  opened.push(vault);
  return vault;
}

const names = async () => (await indexedDB.databases()).map(({ name }) => name);

beforeEach(() => {
  connections = [];
  const original = Object.getOwnPropertyDescriptor(IDBFactory.prototype, 'open')!.value as IDBFactory['open'];
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, ...args) {
    const request = original.apply(this, args);
    request.addEventListener('success', () => connections.push(request.result));
    return request;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  for (const vault of opened.splice(0)) vault.close();
  for (const name of await names()) if (name) await deleteDB(name);
});

/**
 * The next transactions that write are aborted at once, as when the browser closes the connection; by `reason` where there is one. Returns
 * the spy.
 */
function abortWrites(times: number, reason?: DOMException) {
  const original = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')!.value as IDBDatabase['transaction'];
  let left = times;
  return vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, stores, mode, options) {
    const tx = original.call(this, stores, mode, options);
    if (mode === 'readwrite' && left-- > 0) {
      if (reason) Object.defineProperty(tx, 'error', { get: () => reason });
      tx.abort();
    }
    return tx;
  });
}

const quota = () => new DOMException('no room', 'QuotaExceededError');

describe('a vault whose connection is gone', () => {
  it('opens it again and goes on, also for calls at the same time', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    connections[0].close(); // what the browser does, with or without a `close` event
    expect(await Promise.all([vault.list(), vault.list(), vault.get('ann')])).toEqual([['ann'], ['ann'], TEMPLATE]);
    expect(connections).toHaveLength(2);
    connections[1].close();
    await vault.put('bo', TEMPLATE);
    expect(await (await open()).list()).toEqual(['ann', 'bo']);
  });

  it('goes on after another tab asked for the database', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    const request = indexedDB.open(DATABASE, 2);
    request.onupgradeneeded = () => request.transaction!.abort();
    await new Promise((resolve) => (request.onerror = resolve));
    expect(await vault.list()).toEqual(['ann']);
    await vault.delete('ann');
  });

  it('does what was interrupted once more', async () => {
    const vault = await open();
    abortWrites(1);
    await vault.put('ann', TEMPLATE);
    expect(await vault.get('ann')).toEqual(TEMPLATE);
  });

  it('gives up after the second time', async () => {
    const vault = await open();
    const spy = abortWrites(Infinity);
    await expect(vault.put('ann', TEMPLATE)).rejects.toMatchObject({
      code: 'vault-unavailable',
      message: expect.stringMatching(/Reload/) as string,
    });
    expect(spy.mock.calls.filter(([, mode]) => mode === 'readwrite')).toHaveLength(2);
    vi.restoreAllMocks();
    expect(await vault.list()).toEqual([]);
  });

  it('says that it was deleted, and makes no new one', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    await deleteDB(DATABASE);
    for (const call of [() => vault.list(), () => vault.get('ann'), () => vault.put('ann', TEMPLATE), () => vault.setLock(null)]) {
      await expect(call()).rejects.toMatchObject({ code: 'vault-unavailable', message: expect.stringMatching(/was deleted/) as string });
    }
    expect(await names()).not.toContain(DATABASE);
  });

  it('writes nothing under its old key into a vault that took its place', async () => {
    const vault = await open();
    await deleteDB(DATABASE);
    const next = await open();
    await next.put('bo', TEMPLATE);
    await expect(vault.put('ann', TEMPLATE)).rejects.toMatchObject({ message: expect.stringMatching(/was deleted/) as string });
    await expect(vault.list()).rejects.toMatchObject({ code: 'vault-unavailable' });
    expect(await next.list()).toEqual(['bo']);
    expect(await next.get('bo')).toEqual(TEMPLATE);
  });

  it('stays closed once it was closed', async () => {
    const vault = await open();
    vault.close();
    await expect(vault.list()).rejects.toMatchObject({ code: 'vault-unavailable', message: expect.stringMatching(/closed/) as string });
    expect(connections).toHaveLength(1);
  });

  it('does not wait forever for a database that another tab is deleting', async () => {
    const holder = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onsuccess = () => resolve(request.result); // and does not let go
    });
    const deletion = indexedDB.deleteDatabase(DATABASE);
    const deleted = new Promise((resolve) => (deletion.onsuccess = resolve));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await expect(passTime(open(), 120_000)).rejects.toMatchObject({
        code: 'vault-unavailable',
        message: expect.stringMatching(/other tabs/) as string,
      });
    } finally {
      holder.close();
    }
    await deleted;
  });
});

describe('a full disk', () => {
  const full = { code: 'vault-unavailable', message: expect.stringMatching(/no room.*Free up space/) as string };

  it('is said so by the vault, and nothing is kept in part', async () => {
    const vault = await open();
    await vault.put('ann', TEMPLATE);
    const file = await (async () => {
      await vault.put('bo', TEMPLATE);
      const all = (await vault.export('correct horse')).file;
      await vault.delete('ann');
      await vault.delete('bo');
      return all;
    })();
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!.value as IDBObjectStore['put'];
    let writes = 0;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (++writes === 2) throw quota();
      return put.apply(this, args);
    });
    await expect(vault.import(file, 'correct horse')).rejects.toMatchObject(full);
    expect(writes).toBe(2); // it is not tried again
    vi.restoreAllMocks();
    expect(await vault.list()).toEqual([]);
    abortWrites(1, quota());
    await expect(vault.put('ann', TEMPLATE)).rejects.toMatchObject(full);
  });

  it('is said so by the count of attempts and the device key', async () => {
    const attempts = await openAttempts({ name: 'lost' });
    abortWrites(2, quota());
    await expect(attempts.begin()).rejects.toMatchObject(full);
    await expect(createDeviceKey({ name: 'lost' })).rejects.toMatchObject(full);
    expect((await attempts.status()).failures).toBe(0);
  });
});

describe('a connection lost to the count of attempts and the device key', () => {
  it('is opened again', async () => {
    const attempts = await openAttempts({ name: 'lost' });
    abortWrites(1);
    expect(await attempts.begin()).toMatchObject({ allowed: true, failures: 1 });
    vi.restoreAllMocks();
    abortWrites(1);
    const key = await createDeviceKey({ name: 'lost' });
    vi.restoreAllMocks();
    abortWrites(1);
    const result: VerifyResult = { ...MATCH };
    recordMatch(result, { ...ORIGIN, points: 'shipped' }, 1e-3);
    const jws = await key.signChallenge('n-0S6_WzA2Mj_challenge', { result, templateId: 'ann' });
    expect((JSON.parse(atob(jws.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) as { ctr: number }).ctr).toBe(1);
  });

  it('is given up after the second time', async () => {
    const attempts = await openAttempts({ name: 'lost' });
    abortWrites(Infinity);
    await expect(attempts.begin()).rejects.toMatchObject({ code: 'vault-unavailable' });
    await expect(createDeviceKey({ name: 'lost' })).rejects.toMatchObject({ code: 'vault-unavailable' });
  });
});
