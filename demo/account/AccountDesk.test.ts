import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { VerifyResult } from '../../src/index.js';
import { accountApi, ServerRefusal, type ServerSession } from './AccountApi.js';
import { AccountDesk } from './AccountDesk.js';
import { createAccountStore, demandsLiveness, isHeld } from './AccountState.js';
import { rememberedAccount } from './rememberedAccount.js';

const KEY = {
  signChallenge: () => Promise.resolve('signed'),
  signRegistration: () => Promise.resolve('proof'),
};
const device = vi.hoisted(() => ({ key: (): Promise<object | undefined> => Promise.resolve({}), erase: vi.fn(() => Promise.resolve()) }));

vi.mock('../../src/index.js', () => ({
  VisavisError: class extends Error {},
  createDeviceKey: () => device.key(),
  openDeviceKey: () => device.key(),
  eraseDeviceKey: device.erase,
}));
vi.mock('./AccountApi.js', () => ({
  ServerRefusal: class extends Error {
    constructor(
      readonly code: string,
      message: string,
    ) {
      super(message);
    }
  },
  accountApi: {
    terms: vi.fn(),
    session: vi.fn(),
    registrationChallenge: vi.fn(),
    create: vi.fn(),
    deleteByToken: vi.fn(),
    challenge: vi.fn(),
    logIn: vi.fn(),
    signOut: vi.fn(),
  },
}));

const session = (name: string): ServerSession => ({ name, expiresAt: Date.now() + 1000, passkeys: 0, liveness: null, passkeyUsed: false });
const answers = (signedIn: ServerSession | null) => vi.mocked(accountApi.session).mockResolvedValue({ session: signedIn });

beforeEach(() => {
  const places = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (place: string) => places.get(place) ?? null,
    setItem: (place: string, value: string) => void places.set(place, value),
    removeItem: (place: string) => void places.delete(place),
  });
  for (const route of Object.values(accountApi)) vi.mocked(route as () => unknown).mockReset();
  vi.mocked(accountApi.challenge).mockResolvedValue({ challenge: 'c' });
  device.key = () => Promise.resolve(KEY);
  device.erase.mockClear();
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

const ANN = { id: 'id', name: 'Ann', deletionToken: 'token' };
const TERMS = { maxFmr: 1e-3, demandLiveness: false };
const UNREACHABLE = new ServerRefusal('unreachable', 'The server can’t be reached.');
const match = (liveness: object | null = null) => ({ match: true, liveness }) as unknown as VerifyResult;

/** A browser with Ann's account, before the server has been asked. */
function openDesk(terms: Partial<typeof TERMS> = {}) {
  rememberedAccount.write(ANN);
  vi.mocked(accountApi.terms).mockResolvedValue({ ...TERMS, ...terms });
  vi.mocked(accountApi.logIn).mockResolvedValue({ session: session('Ann') });
  answers(null);
  const store = createAccountStore();
  return { store, desk: new AccountDesk(store) };
}

it('deletes the account also where this browser’s key is damaged', async () => {
  const { store, desk } = openDesk();
  device.key = () => Promise.reject(new Error('damaged'));
  await desk.deleteAccount();
  expect(device.erase).toHaveBeenCalledExactlyOnceWith({ name: 'demo' });
  expect(accountApi.deleteByToken).toHaveBeenCalledExactlyOnceWith(ANN.id, ANN.deletionToken);
  expect([rememberedAccount.read(), store.state.message?.tone]).toEqual([null, 'good']);
});

describe('look', () => {
  it('does not take a server that did not answer for none, and asks again', async () => {
    const { store, desk } = openDesk();
    vi.mocked(accountApi.terms).mockRejectedValueOnce(UNREACHABLE);
    await desk.look();
    expect(store.state.server).toBe('unreachable');
    answers(session('Ann'));
    await desk.look();
    expect(store.state).toMatchObject({ server: 'there', terms: TERMS, session: { name: 'Ann' } });
    vi.mocked(accountApi.session).mockRejectedValueOnce(UNREACHABLE);
    await desk.look();
    expect(store.state).toMatchObject({ server: 'unreachable', session: { name: 'Ann' } });
  });

  it('does not believe that there is no server where this browser has an account with it', async () => {
    const { store, desk } = openDesk();
    // As a proxy says while its server starts.
    vi.mocked(accountApi.terms).mockResolvedValueOnce(null);
    await desk.look();
    expect(store.state.server).toBe('unreachable');
    await desk.signIn(match(), 1e-3);
    expect(store.state).toMatchObject({ server: 'there', session: { name: 'Ann' } });

    rememberedAccount.forget();
    const without = createAccountStore();
    vi.mocked(accountApi.terms).mockResolvedValueOnce(null);
    await new AccountDesk(without).look();
    expect(without.state.server).toBe('none');
  });

  it('sees what another tab has done', async () => {
    const { store, desk } = openDesk();
    answers(session('Ann'));
    await desk.look();
    rememberedAccount.forget();
    answers(null);
    await desk.look();
    expect(store.state).toMatchObject({ server: 'there', name: null, session: null });
  });

  it('brings back no session that was ended while the server was asked', async () => {
    const { store, desk } = openDesk();
    await desk.look();
    let answer: (value: { session: ServerSession }) => void = () => undefined;
    vi.mocked(accountApi.session).mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    vi.mocked(accountApi.signOut).mockResolvedValue({ session: null });
    const looking = desk.look();
    await desk.signOut();
    answer({ session: session('Ann') });
    await looking;
    expect(store.state.session).toBeNull();
  });
});

describe('create', () => {
  it('makes no account that this browser can’t remember', async () => {
    vi.mocked(accountApi.registrationChallenge).mockResolvedValue({ challenge: 'c' });
    vi.mocked(accountApi.create).mockResolvedValue(ANN);
    const store = createAccountStore();
    const desk = new AccountDesk(store);
    vi.spyOn(localStorage, 'setItem').mockImplementationOnce(() => {
      throw new DOMException('It is full.', 'QuotaExceededError');
    });
    await desk.create('Ann');
    expect(accountApi.create).not.toHaveBeenCalled();
    expect(store.state).toMatchObject({ name: null, message: { tone: 'bad', text: expect.stringMatching(/can’t remember/) as string } });

    await desk.create('Ann');
    expect(store.state).toMatchObject({ name: 'Ann', message: { tone: 'good' } });
    expect(rememberedAccount.read()).toEqual(ANN);
    expect(localStorage.getItem('visavis-demo-account-scrap')).toBeNull();
  });
});

describe('signIn', () => {
  it('hands on a match that came before the server was known, or had not answered', async () => {
    for (const early of [false, true]) {
      const { store, desk } = openDesk();
      if (early) vi.mocked(accountApi.terms).mockRejectedValueOnce(UNREACHABLE);
      if (early) await desk.look();
      await desk.signIn(match(), 1e-3);
      expect(store.state).toMatchObject({ server: 'there', session: { name: 'Ann' }, message: null });
    }
  });

  it('hands on a match once nothing else is in progress', async () => {
    const { store, desk } = openDesk();
    await desk.look();
    let end: (value: { session: null }) => void = () => undefined;
    vi.mocked(accountApi.signOut).mockReturnValue(new Promise((resolve) => (end = resolve)));
    const out = desk.signOut();
    const both = [desk.signIn(match(), 1e-3), desk.signIn(match(), 1e-3)];
    await Promise.resolve();
    expect(accountApi.logIn).not.toHaveBeenCalled();
    end({ session: null });
    await Promise.all([out, ...both]);
    expect(accountApi.logIn).toHaveBeenCalledTimes(2);
    expect(store.state).toMatchObject({ session: { name: 'Ann' }, busy: '' });
  });

  it('says so where the server can’t be reached', async () => {
    const { store, desk } = openDesk();
    vi.mocked(accountApi.terms).mockRejectedValue(UNREACHABLE);
    await desk.signIn(match(), 1e-3);
    expect(store.state.message).toMatchObject({
      tone: 'bad',
      text: expect.stringMatching(/can’t be reached.*signed you in to nothing/) as string,
    });
  });

  it('says so where another tab deleted the account', async () => {
    const { store, desk } = openDesk();
    await desk.look();
    rememberedAccount.forget();
    await desk.signIn(match(), 1e-3);
    expect(store.state).toMatchObject({ name: null, message: { tone: 'bad', text: expect.stringMatching(/another tab/) as string } });
    expect(accountApi.challenge).not.toHaveBeenCalled();
  });

  it('sends no match without movements to a server that demands them', async () => {
    const { store, desk } = openDesk({ demandLiveness: true });
    expect(demandsLiveness(store.state)).toBe(false);
    await desk.signIn(match(), 1e-3);
    expect(store.state.message?.text).toMatch(/demands movements/);
    expect(accountApi.challenge).not.toHaveBeenCalled();
    expect(demandsLiveness(store.state)).toBe(true);
    await desk.signIn(match({ challenges: ['blink'] }), 1e-3);
    expect(store.state).toMatchObject({ session: { name: 'Ann' }, message: null });
  });

  it('looks for the server again where none was found before another tab made the account', async () => {
    const { store, desk } = openDesk();
    rememberedAccount.forget();
    vi.mocked(accountApi.terms).mockResolvedValueOnce(null);
    await desk.look();
    expect(store.state.server).toBe('none');
    rememberedAccount.write(ANN);
    await desk.signIn(match(), 1e-3);
    expect(store.state).toMatchObject({ server: 'there', session: { name: 'Ann' } });
  });
});
