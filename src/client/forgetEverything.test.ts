import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetEverything } from './forgetEverything.js';

const never = () => new Promise<never>(() => undefined);
const unavailable = (message: RegExp) => ({ code: 'vault-unavailable', message: expect.stringMatching(message) as string });
let databases: () => Promise<IDBDatabaseInfo[]>;
let deleteCache: () => Promise<boolean>;
const deleted = vi.fn();

beforeEach(() => {
  databases = () => Promise.resolve([{ name: 'the page’s own' }]);
  deleteCache = () => Promise.resolve(true);
  vi.stubGlobal('indexedDB', { databases: () => databases() });
  vi.stubGlobal('caches', { delete: () => (deleted(), deleteCache()) });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  deleted.mockClear();
});

describe('forgetEverything', () => {
  it('leaves no timer behind', async () => {
    await forgetEverything();
    expect(deleted).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['databases', () => (databases = never), /does not list/],
    ['model files', () => (deleteCache = never), /does not delete the model files/],
  ])('waits ten seconds for %s of which the browser says nothing, and ends with its signal', async (_, hang, message) => {
    hang();
    const rejected = expect(forgetEverything()).rejects.toMatchObject(unavailable(message));
    await vi.advanceTimersByTimeAsync(10_000);
    await rejected;
    const abort = new AbortController();
    const aborted = expect(forgetEverything({ signal: abort.signal })).rejects.toMatchObject({ code: 'aborted' });
    abort.abort();
    await aborted;
    expect(deleted).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says what to do where the browser fails', async () => {
    deleteCache = () => Promise.reject(new DOMException('', 'UnknownError'));
    await expect(forgetEverything()).rejects.toMatchObject(unavailable(/model files.*settings/));
    databases = () => Promise.reject(new DOMException('', 'UnknownError'));
    await expect(forgetEverything()).rejects.toMatchObject(unavailable(/does not list.*settings/));
    vi.stubGlobal('indexedDB', {});
    await expect(forgetEverything()).rejects.toMatchObject(unavailable(/does not list.*settings/));
  });
});
