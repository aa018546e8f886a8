import { beforeEach, describe, expect, it, vi } from 'vitest';
import { accountApi, ServerRefusal, type ServerSession } from './AccountApi.js';
import { AccountDesk } from './AccountDesk.js';
import { createAccountStore, isHeld } from './AccountState.js';
import { rememberedAccount } from './rememberedAccount.js';

const device = vi.hoisted(() => ({ key: (): Promise<object | undefined> => Promise.resolve({}) }));

vi.mock('../../src/index.js', () => ({ VisavisError: class extends Error {}, openDeviceKey: () => device.key() }));
vi.mock('./AccountApi.js', () => ({ ServerRefusal: class extends Error {}, accountApi: { session: vi.fn() } }));

const session = (name: string): ServerSession => ({ name, expiresAt: Date.now() + 1000, passkeys: 0, liveness: null, passkeyUsed: false });
const answers = (signedIn: ServerSession | null) => vi.mocked(accountApi.session).mockResolvedValue({ session: signedIn });

beforeEach(() => {
  const places = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (place: string) => places.get(place) ?? null,
    setItem: (place: string, value: string) => void places.set(place, value),
    removeItem: (place: string) => void places.delete(place),
  });
  vi.mocked(accountApi.session).mockReset();
  device.key = () => Promise.resolve({});
});

describe('mayEnroll', () => {
  it('asks nobody where this browser has no account', async () => {
    const store = createAccountStore();
    expect(await new AccountDesk(store).mayEnroll()).toBe(true);
    expect(accountApi.session).not.toHaveBeenCalled();
    expect(isHeld(store.state)).toBe(false);
  });

  it('takes a session of the account, as the server knows it by now', async () => {
    rememberedAccount.write({ id: 'id', name: 'Ann', deletionToken: 'token' });
    const store = createAccountStore();
    const desk = new AccountDesk(store);
    // Before the server has said anything.
    expect(isHeld(store.state)).toBe(true);
    answers(session('Ann'));
    expect(await desk.mayEnroll()).toBe(true);
    expect(isHeld(store.state)).toBe(false);
    // Another tab signed out, or as somebody else in.
    for (const other of [null, session('Bo')]) {
      answers(other);
      expect(await desk.mayEnroll()).toBe(false);
      expect(isHeld(store.state)).toBe(true);
    }
    vi.mocked(accountApi.session).mockRejectedValue(new ServerRefusal('unreachable', 'The server can’t be reached.'));
    expect(await desk.mayEnroll()).toBe(false);
  });

  it('holds nobody up once the account’s key is gone, but where the key can’t be looked for', async () => {
    rememberedAccount.write({ id: 'id', name: 'Ann', deletionToken: 'token' });
    answers(null);
    const desk = new AccountDesk(createAccountStore());
    device.key = () => Promise.resolve(undefined);
    expect(await desk.mayEnroll()).toBe(true);
    device.key = () => Promise.reject(new Error('vault-unavailable'));
    expect(await desk.mayEnroll()).toBe(false);
  });
});
