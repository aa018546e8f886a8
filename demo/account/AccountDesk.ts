import { createDeviceKey, eraseDeviceKey, openDeviceKey, type VerifyResult } from '../../src/index.js';
import { oneIn } from '../ui/describeRate.js';
import { messageOf } from '../ui/messageOf.js';
import { accountApi, ServerRefusal, type ServerTerms } from './AccountApi.js';
import type { AccountState, AccountStore } from './AccountState.js';
import { rememberedAccount } from './rememberedAccount.js';

/** Otherwise several demos on one origin would share a key. */
const KEY = 'demo';

/** Everything that the page does with its server. Every method updates the store, with a message if something was refused. */
export class AccountDesk {
  #looking: Promise<void> | null = null;
  /** Grows with whatever is done: what was asked for before is outdated then. */
  #turn = 0;

  constructor(private readonly store: AccountStore) {}

  /**
   * Looks whether there is a server, and who is signed in: it may answer by now, and another tab may have changed the account. Whoever asks while
   * the server is being asked gets the same answer.
   */
  look(): Promise<void> {
    return (this.#looking ??= this.#look().finally(() => (this.#looking = null)));
  }

  async #look(): Promise<void> {
    const { store } = this;
    const turn = this.#turn;
    try {
      const terms = store.state.terms ?? (await accountApi.terms());
      if (!terms) {
        // A proxy may say "not found" while its server starts, and a network's login page answers for everybody.
        store.set({ server: rememberedAccount.read() ? 'unreachable' : 'none' });
        return;
      }
      const { session } = await accountApi.session();
      store.set({ server: 'there', terms });
      if (turn === this.#turn) store.set({ session, name: rememberedAccount.read()?.name ?? null });
    } catch {
      store.set({ server: 'unreachable' });
    }
  }

  /**
   * Whether the template may be replaced now. Whoever is enrolled signs in to this browser's account, so that takes the account's own session;
   * the server is asked, since another tab may have ended it. Where there is no account, or its key is gone, there is nothing to sign in to.
   */
  async mayEnroll(): Promise<boolean> {
    const account = rememberedAccount.read();
    if (!account) {
      this.store.set({ name: null });
      return true;
    }
    // One that can't be opened now may be there later.
    if (!(await openDeviceKey({ name: KEY }).catch(() => 'unknown'))) return true;
    const answer = await accountApi.session().catch(() => null);
    if (!answer) return false;
    const { session } = answer;
    this.store.set({ session });
    return session?.name === account.name;
  }

  /** Registers this browser's key under a name. */
  create(name: string): Promise<void> {
    return this.#work('Creating your account', async () => {
      // Before there is one: without its token nobody could delete it.
      if (!rememberedAccount.canWrite()) throw new Error('This browser can’t remember an account, so none was made.');
      const key = await createDeviceKey({ name: KEY });
      const { challenge } = await accountApi.registrationChallenge();
      const account = await accountApi.create(name, key.publicJwk, await key.signRegistration(challenge, { name }));
      rememberedAccount.write(account);
      return { name: account.name, message: good(`The account “${account.name}” is ready. Log in with your face to open it.`) };
    });
  }

  /** Tells the server about a match that was decided at a false match rate, once nothing else is in progress; says so where it can't. */
  async signIn(result: VerifyResult, fmr: number): Promise<void> {
    const { store } = this;
    while (store.state.busy !== '') await store.until(({ busy }) => busy === '');
    const account = rememberedAccount.read();
    if (!account) {
      if (store.state.name === null) return;
      const text = 'This browser has no account any more: it was deleted in another tab. This match signed you in to nothing.';
      store.set({ name: null, session: null, message: { tone: 'bad', text } });
      return;
    }
    await this.#work('Signing in', async () => {
      const terms = await this.#terms();
      if (fmr > terms.maxFmr)
        throw new ServerRefusal('weak-match', `The server requires a strictness of at least 1 in ${oneIn(terms.maxFmr)}.`);
      // The server would count it as a wrong try.
      if (terms.demandLiveness && !result.liveness)
        throw new ServerRefusal('liveness-required', 'The server demands movements. Log in again, and you’ll be asked for them.');
      const key = await openDeviceKey({ name: KEY });
      if (!key) throw new ServerRefusal('key-missing', 'This browser’s key is gone. Delete the account, then create it again.');
      const { challenge } = await accountApi.challenge(account.name);
      const body = { name: account.name, assertion: await key.signChallenge(challenge, { result, templateId: account.id }) };
      const answer = await accountApi.logIn(body);
      const { name } = account;
      if (answer.session) return { name, session: answer.session, message: null };
      const passkey = await (await import('./passkey.js')).answerPasskey(answer.passkey);
      return { name, session: (await accountApi.logIn({ ...body, passkey })).session, message: null };
    });
  }

  signOut(): Promise<void> {
    return this.#work('Signing out', async () => ({ ...(await accountApi.signOut()), message: good('You’re signed out.') }));
  }

  addPasskey(): Promise<void> {
    return this.#work('Waiting for your passkey', async () => {
      const { makePasskey } = await import('./passkey.js');
      const { session } = await accountApi.addPasskey(await makePasskey(await accountApi.invitePasskey()));
      return { session, message: good('From now on, signing in takes your face and your passkey.') };
    });
  }

  removePasskeys(): Promise<void> {
    return this.#work('Removing your passkey', async () => ({
      ...(await accountApi.removePasskeys()),
      message: good('Your face alone signs you in now.'),
    }));
  }

  deleteAccount(): Promise<void> {
    return this.#work('Deleting your account', async () => ({
      message: (await this.erase()) ?? good('The account and this browser’s key are deleted.'),
    }));
  }

  /**
   * Deletes this browser's key and the account. If the server can't be reached, the key is deleted all the same, the token that deletes the
   * account stays for another try, and the returned message says so.
   */
  async erase(): Promise<AccountState['message']> {
    this.#turn++;
    const account = rememberedAccount.read();
    await eraseDeviceKey({ name: KEY });
    try {
      if (account) await accountApi.deleteByToken(account.id, account.deletionToken);
      else if (this.store.state.session) await accountApi.deleteSignedIn();
    } catch (error) {
      // Already gone, for example after ninety days without a login.
      if (!(error instanceof ServerRefusal && (error.code === 'unknown-account' || error.code === 'no-session'))) {
        const message = {
          tone: 'bad',
          text: 'The account on the server couldn’t be deleted. Choose “Delete account” again when the server can be reached.',
        } as const;
        this.store.set({ message });
        return message;
      }
    }
    rememberedAccount.forget();
    this.#turn++;
    this.store.set({ name: null, session: null, message: null });
    return null;
  }

  /** What the server demands, asked for once more where it did not answer before. */
  async #terms(): Promise<ServerTerms> {
    if (this.store.state.server !== 'there') await this.look();
    const { server, terms } = this.store.state;
    if (server !== 'there' || !terms)
      throw new ServerRefusal('unreachable', 'The server can’t be reached, so this match signed you in to nothing. Log in again later.');
    return terms;
  }

  async #work(busy: string, task: () => Promise<Partial<AccountState>>): Promise<void> {
    const { store } = this;
    if (store.state.busy) return;
    this.#turn++;
    store.set({ busy, message: null });
    try {
      store.set(await task());
    } catch (error) {
      if (error instanceof ServerRefusal && error.code === 'no-session') store.set({ session: null });
      store.set({ message: { tone: 'bad', text: wordsFor(error) } });
    } finally {
      this.#turn++;
      store.set({ busy: '' });
    }
  }
}

const good = (text: string) => ({ tone: 'good', text }) as const;

function wordsFor(error: unknown): string {
  if (error instanceof ServerRefusal) return error.message;
  // WebAuthn's name for "canceled, timed out, or not allowed": browsers do not say which.
  if (error instanceof Error && error.name === 'NotAllowedError') return 'Passkey sign-in was canceled or timed out. Try again.';
  if (error instanceof Error && error.name === 'InvalidStateError') return 'This device already has a passkey for the account.';
  return messageOf(error);
}
