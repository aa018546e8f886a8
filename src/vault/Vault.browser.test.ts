import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { passTime } from '../../e2e/fixtures/passTime.js';
import { PATIENT } from '../../e2e/fixtures/patient.js';
import { templateOf } from './fixtures/templateOf.js';
import { eraseVault } from './eraseVault.js';
import { openVault, type VaultOptions } from './openVault.js';
import type { Vault } from './Vault.js';

const DATABASE = 'visavis-vault-calls';
const SECRET = { secret: new Uint8Array(32).fill(7) };
const PASSPHRASE = 'correct horse';

const opened: Vault[] = [];
async function open(options: VaultOptions = {}): Promise<Vault> {
  const vault = await openVault({ name: 'calls', ...options });
  opened.push(vault);
  return vault;
}

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  for (const vault of opened.splice(0)) vault.close();
  for (const { name } of await indexedDB.databases()) if (name) await deleteDB(name);
});

/** Looks into the database behind the vault's back. */
async function behind<T>(task: (db: Awaited<ReturnType<typeof openDB>>) => Promise<T>): Promise<T> {
  const db = await openDB(DATABASE);
  try {
    return await task(db);
  } finally {
    db.close();
  }
}

/** Keeps the next call of a cryptographic operation waiting until it is released. */
function hold(operation: 'encrypt' | 'decrypt') {
  const original = crypto.subtle[operation].bind(crypto.subtle);
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const spy = vi.spyOn(crypto.subtle, operation).mockImplementationOnce(async (...args) => {
    await gate;
    return original(...args);
  });
  return { release, reached: () => vi.waitFor(() => expect(spy).toHaveBeenCalled(), PATIENT) };
}

const code = (error: unknown) => (error as { code?: string }).code;

describe('a call beside setLock', () => {
  it.each([
    ['put', (vault: Vault) => vault.put('new', templateOf(9)), 'encrypt'],
    ['a protected put', (vault: Vault) => vault.put('new', templateOf(9), { protected: true }), 'encrypt'],
    ['renew', (vault: Vault) => vault.renew('turned'), 'decrypt'],
  ] as const)('%s is done under the key that comes after', async (name, call, operation) => {
    const vault = await open();
    await vault.put('ann', templateOf(1));
    await vault.put('turned', templateOf(2), { protected: true });
    const before = (await vault.get('turned'))!.protection!.keyId;
    const { release, reached } = hold(operation);
    const calling = call(vault);
    await reached();
    await vault.setLock(SECRET);
    release();
    await calling;
    vault.close();
    const again = await open({ lock: SECRET });
    expect(await again.get('ann')).toEqual(templateOf(1));
    const turned = (await again.get('turned'))!;
    expect(turned.captures).toBe(2);
    if (name === 'renew') expect(turned.protection!.keyId).not.toBe(before);
    else expect((await again.get('new'))?.captures).toBe(9);
  });

  it('get, list and export never call a healthy record altered', async () => {
    const vault = await open();
    for (let i = 0; i < 5; i++) await vault.put(`p${i}`, templateOf(i + 1));
    for (let i = 0; i < 20; i++) {
      let changing = true;
      const change = vault.setLock(vault.lock ? null : SECRET).finally(() => (changing = false));
      const reads: Promise<unknown>[] = [];
      while (changing) {
        reads.push(vault.get('p3').then((template) => expect(template).toEqual(templateOf(4))));
        reads.push(vault.list().then((ids) => expect(ids).toHaveLength(5)));
        reads.push(vault.exportReadable().then((text) => expect(JSON.parse(text)).toMatchObject({ unreadable: [] })));
        await new Promise((resolve) => setTimeout(resolve));
        // A slow disk gets through what there is first.
        if (reads.length > 60) await Promise.race([change, reads.at(-60)]);
      }
      await Promise.all([change, ...reads]);
    }
  });

  it('setLock is done one after the other', async () => {
    const vault = await open();
    await vault.put('ann', templateOf(1));
    const secrets = [1, 2, 3].map((n) => ({ secret: new Uint8Array(32).fill(n) }));
    await Promise.all(secrets.map((lock) => vault.setLock(lock)));
    vault.close();
    const outcomes = await Promise.all(secrets.map((lock) => open({ lock }).catch(code)));
    expect(outcomes.filter((outcome) => outcome === 'vault-locked')).toHaveLength(2);
    const right = outcomes.find((outcome) => typeof outcome === 'object') as Vault;
    expect(await right.get('ann')).toEqual(templateOf(1));
  });

  it('in another tab is refused, and writes nothing', async () => {
    const [vault, other] = [await open(), await open()];
    const { release, reached } = hold('encrypt');
    const put = vault.put('ann', templateOf(1));
    await reached();
    await other.setLock(SECRET);
    release();
    await expect(put).rejects.toMatchObject({ code: 'vault-locked' });
    expect(await other.list()).toEqual([]);
  });

  it('openVault with the lock that another tab sets at the same time opens with it', async () => {
    const vaults = await Promise.all(Array.from({ length: 4 }, () => open({ lock: SECRET })));
    await vaults[0].put('ann', templateOf(1));
    for (const vault of vaults) expect(await vault.get('ann')).toEqual(templateOf(1));
  });
});

describe('a lock', () => {
  it('is removed by null only, not by what else is false', async () => {
    const vault = await open({ lock: SECRET });
    for (const none of [undefined, false, 0, ''] as never[]) await expect(vault.setLock(none)).rejects.toThrow(TypeError);
    expect(vault.lock).toBe('secret');
    vault.close();
    await expect(open()).rejects.toMatchObject({ code: 'vault-locked' });
    const again = await open({ lock: SECRET });
    await again.setLock(null);
    expect(again.lock).toBeNull();
  });

  it('is the one that was given, whatever its caller does with it meanwhile', async () => {
    const lock = { secret: SECRET.secret.slice() };
    const opening = open({ lock });
    lock.secret.fill(0);
    (await opening).close();
    await expect(open({ lock })).rejects.toMatchObject({ code: 'vault-locked' });
    const again = { secret: SECRET.secret.slice() };
    const opens = open({ lock: again });
    again.secret.fill(0);
    expect((await opens).lock).toBe('secret');
  });

  it('takes no new passphrase of four emoji, but one that version 0.4 took still opens', async () => {
    const passphrase = '🐴🔋🧷🐴';
    await expect(open({ lock: { passphrase } })).rejects.toThrow(RangeError);
    expect(await indexedDB.databases()).toEqual([]);
    const vault = await open();
    await expect(open({ lock: { passphrase } })).rejects.toThrow(RangeError);
    await expect(vault.setLock({ passphrase })).rejects.toThrow(RangeError);
    await expect(vault.export(passphrase)).rejects.toThrow(RangeError);
    const [{ sealLock }, key] = await Promise.all([
      import('./lock/sealLock.js'),
      behind((db) => db.get('keys', 'device') as Promise<CryptoKey>),
    ]);
    const { envelope } = await sealLock({ passphrase }, key, 'calls');
    await behind((db) => db.put('keys', { epoch: 1, lock: envelope }, 'state'));
    expect((await open({ lock: { passphrase } })).lock).toBe('passphrase');
  });
});

describe('eraseVault', () => {
  const names = async () => (await indexedDB.databases()).map(({ name }) => name);

  it('deletes a vault whose lock is lost or altered, and no other', async () => {
    await open({ name: 'other' });
    for (const alter of [false, true]) {
      const vault = await open({ lock: SECRET });
      await vault.put('ann', templateOf());
      if (alter) await behind((db) => db.put('keys', { epoch: 1, lock: new Uint8Array(9) }, 'state'));
      await eraseVault({ name: 'calls' });
      expect(await names()).toEqual(['visavis-vault-other']);
      await expect(vault.list()).rejects.toMatchObject({ code: 'vault-unavailable' });
      const fresh = await open();
      expect([fresh.lock, await fresh.list()]).toEqual([null, []]);
      await fresh.erase();
    }
  });

  it('does nothing where there is none, and says what it expects', async () => {
    await eraseVault();
    expect(await names()).toEqual([]);
    await expect(eraseVault({ name: '' })).rejects.toThrow(TypeError);
    await expect(eraseVault({ nam: 'calls' } as never)).rejects.toThrow(TypeError);
    await expect(eraseVault({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('deletes a vault whose key is damaged, which openVault calls that', async () => {
    (await open()).close();
    for (const key of [{}, new Uint8Array(32), 'key']) {
      await behind((db) => db.put('keys', key, 'device'));
      await expect(open()).rejects.toMatchObject({
        code: 'vault-unavailable',
        message: expect.stringMatching(/damaged.*with eraseVault/) as string,
      });
    }
    await eraseVault({ name: 'calls' });
    expect(await (await open()).list()).toEqual([]);
  });

  it('deletes a vault whose state is damaged, which counts as no vault without a lock', async () => {
    const vault = await open();
    await vault.put('ann', templateOf());
    for (const state of [null, 'none', { epoch: 1 }]) {
      await behind((db) => db.put('keys', state, 'state'));
      const damaged = { code: 'template-invalid', message: expect.stringMatching(/with eraseVault/) as string };
      for (const options of [{}, { lock: SECRET }]) await expect(open(options)).rejects.toMatchObject(damaged);
      await expect(vault.list()).rejects.toMatchObject(damaged);
      expect(await behind((db) => db.get('keys', 'state') as Promise<unknown>)).toEqual(state);
    }
    await eraseVault({ name: 'calls' });
    expect(await (await open()).list()).toEqual([]);
  });
});

describe('a passkey', () => {
  /** What the browser is asked to make, and what it answers; the ids that the passkey manager is told of. */
  function browserWith(made: Promise<unknown> = Promise.resolve()) {
    const create = vi.spyOn(navigator.credentials, 'create').mockImplementation(async () => {
      await made;
      const id = crypto.getRandomValues(new Uint8Array(16));
      const results = { prf: { enabled: true, results: { first: crypto.getRandomValues(new Uint8Array(32)).buffer } } };
      return Object.create(PublicKeyCredential.prototype, {
        rawId: { value: id.buffer },
        getClientExtensionResults: { value: () => results },
      }) as PublicKeyCredential;
    });
    const manager = PublicKeyCredential as unknown as { signalUnknownCredential: () => Promise<void> };
    manager.signalUnknownCredential ??= () => Promise.resolve(); // newer than the rest
    const retired = vi.spyOn(manager, 'signalUnknownCredential').mockResolvedValue();
    return { create, retired };
  }

  it('is made without a signal where that is null', async () => {
    const { create } = browserWith();
    const vault = await open();
    await vault.setLock({ passkey: true }, { signal: null as never });
    expect(create.mock.calls[0][0]).not.toHaveProperty('signal');
    expect(vault.lock).toBe('passkey');
  });

  it('goes with its vault, also where another tab has set it, or the vault does not open', async () => {
    const { retired } = browserWith();
    const [vault, other] = [await open(), await open()];
    await other.setLock({ passkey: true });
    await vault.erase();
    expect(retired).toHaveBeenCalledTimes(1);
    await open({ lock: { passkey: true } });
    await eraseVault({ name: 'calls' });
    expect(retired).toHaveBeenCalledTimes(2);
    await (await open({ lock: { passkey: true } })).erase();
    expect(retired).toHaveBeenCalledTimes(3);
  });

  it('goes with its vault, also where that is deleted late: another tab was writing without end', async () => {
    const { retired } = browserWith();
    const vault = await open({ lock: { passkey: true } });
    const tab = await openDB(DATABASE, undefined, {
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    const { store, done } = tab.transaction('keys', 'readwrite');
    let stopped = false;
    const writing = (async () => {
      while (!stopped) await store.get('state');
    })();
    try {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      for (const erase of [() => vault.erase(), () => eraseVault({ name: 'calls' })])
        await expect(passTime(erase(), 120_000)).rejects.toMatchObject({ code: 'vault-unavailable' });
      expect(retired).not.toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
      stopped = true;
    }
    await Promise.all([writing, done]);
    await vi.waitFor(() => expect(retired).toHaveBeenCalledOnce(), PATIENT);
    await vi.waitFor(async () => expect(await indexedDB.databases()).toEqual([]), PATIENT);
  });

  it('goes where the vault was closed while the person was asked for it', async () => {
    let answer = () => {};
    const { create, retired } = browserWith(new Promise<void>((resolve) => (answer = resolve)));
    const vault = await open();
    const setting = vault.setLock({ passkey: true });
    await vi.waitFor(() => expect(create).toHaveBeenCalled());
    vault.close();
    answer();
    await expect(setting).rejects.toMatchObject({ code: 'vault-unavailable' });
    expect(retired).toHaveBeenCalledTimes(1);
    expect((await open()).lock).toBeNull();
  });
});

describe('records that cannot be read', () => {
  it('are left out of exports, named, and kept by setLock as they are', async () => {
    const vault = await open();
    for (const id of ['ann', 'bo', 'cy', 'dee']) await vault.put(id, templateOf(2));
    type Stored = { id: string; version: number; template: Uint8Array };
    const read = () => behind((db) => db.getAll('templates') as Promise<Stored[]>);
    const [, bo, cy] = await read();
    bo.template[40] ^= 1;
    await behind((db) => db.put('templates', bo));
    await behind((db) => db.put('templates', { ...cy, version: 3 }));
    const bad = ['bo', 'cy'];

    const { file, skipped } = await vault.export(PASSPHRASE);
    expect(skipped).toEqual(bad);
    const readable = JSON.parse(await vault.exportReadable()) as { templates: { id: string }[]; unreadable: string[] };
    expect(readable.templates.map(({ id }) => id)).toEqual(['ann', 'dee']);
    expect(readable.unreadable).toEqual(bad);

    expect(await vault.setLock(SECRET)).toEqual({ skipped: bad });
    const [, stillBo, stillCy] = await read();
    expect(stillBo).toEqual(bo);
    expect(stillCy).toEqual({ ...cy, version: 3 });
    expect(await vault.list()).toEqual(['ann', 'bo', 'cy', 'dee']);
    for (const id of bad) await expect(vault.get(id)).rejects.toMatchObject({ code: 'template-invalid' });
    for (const id of ['ann', 'dee']) expect(await vault.get(id)).toEqual(templateOf(2));
    await vault.delete('bo');
    await vault.put('cy', templateOf(5));
    expect(await vault.setLock(null)).toEqual({ skipped: [] });

    const other = await openVault({ name: 'other' });
    opened.push(other);
    expect(await other.import(file, PASSPHRASE)).toEqual(['ann', 'dee']);
  });
});

describe('ids', () => {
  const HALF = 'Ann \ud83d';

  it('of half a character are refused by put; a record under one is still found, named and deleted', async () => {
    const vault = await open();
    await expect(vault.put(HALF, templateOf())).rejects.toThrow(RangeError);
    await expect(vault.put('x'.repeat(1025), templateOf())).rejects.toThrow(RangeError);
    await vault.put('é'.repeat(512), templateOf());
    await expect(openVault({ name: HALF })).rejects.toThrow(RangeError);

    // What version 0.4 could write.
    const [{ sealTemplate }, key] = await Promise.all([
      import('./sealed/sealTemplate.js'),
      behind((db) => db.get('keys', 'device') as Promise<CryptoKey>),
    ]);
    const old = await sealTemplate(key, HALF, { template: templateOf(6), protectionKey: null });
    await behind((db) => db.put('templates', old));
    expect((await vault.get(HALF))?.captures).toBe(6);
    const { file, skipped } = await vault.export(PASSPHRASE);
    expect(skipped).toEqual([HALF]);
    expect(await vault.import(file, PASSPHRASE)).toEqual(['é'.repeat(512)]);
    await vault.delete(HALF);
    expect(await vault.list()).toEqual(['é'.repeat(512)]);
  });
});

describe('put', () => {
  it('keeps what it was given, whatever its caller does with it meanwhile', async () => {
    const vault = await open();
    for (const options of [{}, { protected: true }]) {
      const template = templateOf(4);
      const putting = vault.put('ann', template, options);
      template.embedding.fill(0);
      await putting;
      const kept = (await vault.get('ann'))!;
      expect(Math.hypot(...kept.embedding)).toBeCloseTo(1, 2);
      if (!kept.protection) expect(kept).toEqual(templateOf(4));
    }
  });

  it.each([
    ['more values than a template has', { embedding: Float32Array.from({ length: 16_385 }, (_, i) => (i ? 0 : 1)) }],
    ['a date that is none of ISO 8601', { createdAt: '1 (x)' }],
    ['half a character in the model', { model: 'm\ud800' }],
    ['a model without a name', { model: '' }],
    ['a model’s name that is too long', { modelVersion: 'v'.repeat(513) }],
    ['a pipeline version below zero', { pipelineVersion: -1 }],
    ['a pipeline version that is too high', { pipelineVersion: 2 ** 32 }],
  ])('refuses %s, which get would refuse', async (_name, fields) => {
    const vault = await open();
    await expect(vault.put('ann', { ...templateOf(), ...fields })).rejects.toMatchObject({ code: 'template-invalid' });
    expect(await vault.list()).toEqual([]);
  });
});

describe('a signal', () => {
  /** The file with the costliest parameters that are taken, and a hash that is right again. */
  async function costly(file: Uint8Array<ArrayBuffer>, [memoryKiB, passes]: [number, number]): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = file.slice();
    new DataView(bytes.buffer).setUint32(5, memoryKiB);
    new DataView(bytes.buffer).setUint32(9, passes);
    bytes.set(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice(0, -32))), bytes.length - 32);
    return bytes;
  }

  it('ends import, export, setLock and openVault while Argon2 runs', async () => {
    const vault = await open();
    await vault.put('ann', templateOf());
    const { file } = await vault.export(PASSPHRASE);
    const worst = await costly(file, [65_536, 3]);
    await open({ name: 'locked', lock: { passphrase: PASSPHRASE } });
    const calls: [string, (signal: AbortSignal) => Promise<unknown>][] = [
      ['import', (signal) => vault.import(worst, PASSPHRASE, { signal })],
      ['export', (signal) => vault.export(PASSPHRASE, { signal })],
      ['setLock', (signal) => vault.setLock({ passphrase: PASSPHRASE }, { signal })],
      ['openVault', (signal) => openVault({ name: 'locked', lock: { passphrase: PASSPHRASE }, signal })],
    ];
    for (const [name, call] of calls) {
      const controller = new AbortController();
      let calledOff = false;
      // Fires in a task of its own: the calls let the page breathe.
      setTimeout(() => {
        calledOff = true;
        controller.abort();
      });
      const outcome = await call(controller.signal).catch(code);
      expect([name, outcome, calledOff]).toEqual([name, 'aborted', true]);
      expect([name, await call(controller.signal).catch(code)]).toEqual([name, 'aborted']);
    }
    expect(vault.lock).toBeNull();
    expect(await vault.get('ann')).toEqual(templateOf());
  });

  it('is not needed for a file that asks for more work than it may', async () => {
    const vault = await open();
    await vault.put('ann', templateOf());
    const { file } = await vault.export(PASSPHRASE);
    for (const cost of [
      [262_144, 16],
      [65_536, 4],
      [65_537, 2],
      [19_456, 11],
    ] as [number, number][]) {
      await expect(vault.import(await costly(file, cost), PASSPHRASE)).rejects.toMatchObject({ code: 'template-invalid' });
    }
  });

  /** A tab that has the database and doesn't let go. */
  async function holdDatabase(name = DATABASE): Promise<IDBDatabase> {
    return new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
  }

  it('ends the wait of erase and openVault for a tab that does not let go', async () => {
    const vault = await open();
    const holder = await holdDatabase();
    const controller = new AbortController();
    const asked = vi.spyOn(IDBFactory.prototype, 'deleteDatabase');
    const erasing = vault.erase({ signal: controller.signal }).catch(code);
    await vi.waitFor(() => expect(asked).toHaveBeenCalled(), PATIENT);
    const opening = openVault({ name: 'calls', signal: controller.signal }).catch(code);
    controller.abort();
    expect(await Promise.all([erasing, opening])).toEqual(['aborted', 'aborted']);
    holder.close();
    // Nothing that was given up keeps the database open.
    await deleteDB(DATABASE);
  });

  it('or its absence: erase gives up by itself, and says what to do', async () => {
    const vault = await open();
    const holder = await holdDatabase();
    try {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      await expect(passTime(vault.erase(), 120_000)).rejects.toMatchObject({
        code: 'vault-unavailable',
        message: expect.stringMatching(/Close this site’s other tabs/) as string,
      });
    } finally {
      holder.close();
    }
  });
});
