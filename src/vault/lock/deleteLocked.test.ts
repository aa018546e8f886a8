import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { passTime } from '../../../e2e/fixtures/passTime.js';
import { deleteLocked } from './deleteLocked.js';
import { writeLockEnvelope } from './lockEnvelope.js';
import { retireUnused } from './retirePasskeyOf.js';

/** What the database answers and when the browser deletes it. */
const browser = vi.hoisted(() => ({
  lock: (): Promise<Uint8Array<ArrayBuffer> | null> => Promise.resolve(null),
  deletes: (): Promise<void> => Promise.resolve(),
  retired: [] as string[],
}));
vi.mock('../database/lockInForce.js', () => ({ lockInForce: () => browser.lock() }));
vi.mock('idb', () => ({ deleteDB: () => browser.deletes() }));
vi.mock('./retirePasskey.js', () => ({ retirePasskey: ([id]: Uint8Array) => browser.retired.push(`passkey ${id}`) }));

const never = () => new Promise<never>(() => undefined);
/** Under the passkey of that id. */
function envelopeOf(id: number): Uint8Array<ArrayBuffer> {
  const recipe = { kind: 'passkey', credentialId: Uint8Array.of(id), salt: new Uint8Array(32) } as const;
  return writeLockEnvelope({ recipe, innerIv: new Uint8Array(12), outerIv: new Uint8Array(12), sealed: new Uint8Array(64) });
}

beforeEach(() => {
  Object.assign(browser, { lock: () => Promise.resolve(null), deletes: () => Promise.resolve(), retired: [] });
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('deleteLocked', () => {
  it('asks for the deletion at once, whatever the database answers, and gives up by itself', async () => {
    const deletes = vi.fn(never);
    Object.assign(browser, { lock: never, deletes });
    const deleting = deleteLocked('vault', { signal: undefined });
    expect(deletes).toHaveBeenCalledOnce();
    await expect(passTime(deleting, 20_000)).rejects.toMatchObject({
      code: 'vault-unavailable',
      message: expect.stringMatching(/other tabs/) as string,
    });
  });

  it('reports the passkeys once the database is gone, however late, and none before', async () => {
    let deleted = () => {};
    Object.assign(browser, {
      lock: () => Promise.resolve(envelopeOf(2)),
      deletes: () => new Promise<void>((resolve) => (deleted = resolve)),
    });
    await expect(passTime(deleteLocked('vault', { known: envelopeOf(1), signal: undefined }), 20_000)).rejects.toMatchObject({
      code: 'vault-unavailable',
    });
    expect(browser.retired).toEqual([]);
    deleted();
    await vi.waitFor(() => expect(browser.retired).toEqual(['passkey 1', 'passkey 2']));
  });

  it('ends with its signal', async () => {
    Object.assign(browser, { lock: never, deletes: never });
    const abort = new AbortController();
    const deleting = expect(deleteLocked('vault', { signal: abort.signal })).rejects.toMatchObject({ code: 'aborted' });
    abort.abort();
    await deleting;
  });
});

describe('retireUnused', () => {
  it('leaves the passkey where the database says nothing for three seconds', async () => {
    browser.lock = never;
    await passTime(retireUnused('vault', envelopeOf(1)), 6000);
    expect(browser.retired).toEqual([]);
    browser.lock = () => Promise.resolve(null);
    await retireUnused('vault', envelopeOf(1));
    expect(browser.retired).toEqual(['passkey 1']);
  });
});
