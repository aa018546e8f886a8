import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Template } from '../../src/index.js';
import { AccountHeld, ID, TemplateKeeper } from './TemplateKeeper.js';

/** The browser's storage, and what is wrong with it. */
const storage = vi.hoisted(() => ({ kept: new Map<string, unknown>(), wrong: new Set<'open' | 'put' | 'delete' | 'forget'>() }));

vi.mock('../../src/index.js', () => {
  class VisavisError extends Error {}
  const orThrow = (what: 'open' | 'put' | 'delete' | 'forget') => {
    if (storage.wrong.has(what)) throw new VisavisError(`no ${what}`);
  };
  const vault = {
    get: (id: string) => Promise.resolve(storage.kept.get(id)),
    list: () => Promise.resolve([...storage.kept.keys()]),
    // eslint-disable-next-line @typescript-eslint/require-await -- a rejection, as the vault has it
    put: async (id: string, template: unknown, { replaces }: { replaces?: unknown }) => {
      orThrow('put');
      if (replaces && storage.kept.get(id) !== replaces) throw new RangeError('expected the template to replace');
      storage.kept.set(id, template);
    },
    // eslint-disable-next-line @typescript-eslint/require-await
    delete: async (id: string, { only }: { only?: unknown } = {}) => {
      orThrow('delete');
      if (!only || storage.kept.get(id) === only) storage.kept.delete(id);
    },
    close: () => undefined,
  };
  return {
    VisavisError,
    // eslint-disable-next-line @typescript-eslint/require-await
    openVault: async () => (orThrow('open'), vault),
    // eslint-disable-next-line @typescript-eslint/require-await
    forgetEverything: async () => {
      orThrow('forget');
      storage.kept.clear();
    },
  };
});

const template = (name: string) => ({ name, embedding: new Float32Array(2).fill(1) }) as unknown as Template;

const anybody = () => Promise.resolve(true);

beforeEach(() => {
  storage.kept.clear();
  storage.wrong.clear();
});

describe('TemplateKeeper', () => {
  it('puts nobody in the place of the person whose account it is, in the vault or in memory', async () => {
    let may = true;
    const keeper = new TemplateKeeper(() => Promise.resolve(may));
    await keeper.put(ID, template('old'));
    may = false;
    await expect(keeper.put(ID, template('stranger'))).rejects.toBeInstanceOf(AccountHeld);
    storage.wrong.add('put');
    await expect(keeper.put(ID, template('stranger'))).rejects.toBeInstanceOf(AccountHeld);
    expect([await keeper.where(), await keeper.get(ID)]).toMatchObject(['vault', { name: 'old' }]);
  });

  it('leaves no older template behind where a new one could only be kept in memory', async () => {
    const keeper = new TemplateKeeper(anybody);
    await keeper.put(ID, template('old'));
    storage.wrong.add('put');
    await keeper.put(ID, template('new'));
    expect([await keeper.where(), await keeper.get(ID)]).toMatchObject(['memory', { name: 'new' }]);
    // The next visit.
    expect(await new TemplateKeeper(anybody).where()).toBe('none');
  });

  it('enrolls nobody where the older template can neither be replaced nor deleted', async () => {
    const keeper = new TemplateKeeper(anybody);
    await keeper.put(ID, template('old'));
    storage.wrong.add('put').add('delete');
    await expect(keeper.put(ID, template('new'))).rejects.toThrow('no delete');
    expect([await keeper.where(), await keeper.get(ID)]).toMatchObject(['vault', { name: 'old' }]);
  });

  it('keeps a template in memory where there is no vault, and forgets it', async () => {
    const keeper = new TemplateKeeper(anybody);
    storage.wrong.add('open').add('forget');
    const kept = template('new');
    await keeper.put(ID, kept);
    expect(await keeper.where()).toBe('memory');
    await keeper.forget();
    expect(kept.embedding).toEqual(new Float32Array(2));
  });

  it('forgets a template in memory also where the capture deleted it first', async () => {
    const keeper = new TemplateKeeper(anybody);
    storage.wrong.add('open').add('forget');
    const kept = template('new');
    await keeper.put(ID, kept);
    await keeper.delete(ID);
    expect(kept.embedding).toEqual(new Float32Array(2));
    await keeper.forget();
  });

  it('overwrites a template in memory that another takes the place of', async () => {
    const keeper = new TemplateKeeper(anybody);
    storage.wrong.add('put');
    const [first, second] = [template('first'), template('second')];
    await keeper.put(ID, first);
    await keeper.put(ID, second);
    expect(first.embedding).toEqual(new Float32Array(2));
    storage.wrong.clear();
    await keeper.put(ID, template('third'));
    expect(second.embedding).toEqual(new Float32Array(2));
    expect([await keeper.where(), await keeper.get(ID)]).toMatchObject(['vault', { name: 'third' }]);
  });

  it.each(['vault', 'memory'] as const)('replaces and deletes only the template that is meant, in the %s', async (where) => {
    const keeper = new TemplateKeeper(anybody);
    if (where === 'memory') storage.wrong.add('put');
    await keeper.put(ID, template('old'));
    const old = (await keeper.get(ID))!;
    await expect(keeper.put(ID, template('new'), { replaces: template('other') })).rejects.toBeInstanceOf(RangeError);
    await keeper.delete(ID, { only: template('other') });
    expect([await keeper.where(), await keeper.get(ID)]).toMatchObject([where, { name: 'old' }]);
    await keeper.put(ID, template('new'), { replaces: old });
    expect(await keeper.get(ID)).toMatchObject({ name: 'new' });
    await keeper.delete(ID, { only: await keeper.get(ID) });
    expect(await keeper.where()).toBe('none');
  });

  it('leaves in the vault what another tab has put there, where only the template in memory is meant', async () => {
    const keeper = new TemplateKeeper(anybody);
    storage.wrong.add('put');
    const kept = template('old');
    await keeper.put(ID, kept);
    storage.kept.set(ID, template('of another tab'));
    await keeper.delete(ID, { only: kept });
    expect(kept.embedding).toEqual(new Float32Array(2));
    expect(await keeper.get(ID)).toMatchObject({ name: 'of another tab' });
  });

  it('puts no renewed template anywhere where the vault can’t tell whether the older one is still there', async () => {
    const keeper = new TemplateKeeper(anybody);
    await keeper.put(ID, template('old'));
    const old = await keeper.get(ID);
    storage.wrong.add('put');
    await expect(keeper.put(ID, template('new'), { replaces: old })).rejects.toThrow('no put');
    expect([await keeper.where(), await keeper.get(ID)]).toMatchObject(['vault', { name: 'old' }]);
  });

  it('does not say that all is forgotten where a vault is there that could not be deleted', async () => {
    const keeper = new TemplateKeeper(anybody);
    storage.wrong.add('put').add('forget');
    await keeper.put(ID, template('new'));
    await expect(keeper.forget()).rejects.toThrow('no forget');
  });
});
