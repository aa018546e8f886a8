import { createDeviceKey, openDeviceKey, type VerifyResult } from '../../src/index.js';
import { oneIn } from '../ui/describeRate.js';
import { messageOf } from '../ui/messageOf.js';
import { accountApi, ServerRefusal } from './AccountApi.js';
import type { AccountState, AccountStore } from './AccountState.js';
import { rememberedAccount } from './rememberedAccount.js';

/** Otherwise several demos on one origin would share a key. */
const KEY = 'demo';

/** Everything that the page does with its server. Every method updates the store, with a message if something was refused. */
export class AccountDesk {
  constructor(private readonly store: AccountStore) {}

  /** Asks once whether there is a server, and who is signed in. */
  async start(): Promise<void> {
    const terms = await accountApi.terms();
    if (!terms) {
      this.store.set({ server: 'none' });
      return;
    }
    const { session } = await accountApi.session().catch(() => ({ session: null }));
    this.store.set({ server: 'there', terms, session, name: rememberedAccount.read()?.name ?? null });
  }

  /**
   * Whether the template may be replaced now. Whoever is enrolled signs in to this browser's account, so that takes the account's own session;
   * the server is asked, since another tab may have ended it. Where there is no account, or its key is gone, there is nothing to sign in to.
   */
  async mayEnroll(): Promise<boolean> {
    const account = rememberedAccount.read();
    if (!account) return true;
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
      const key = await createDeviceKey({ name: KEY });
      const { challenge } = await accountApi.registrationChallenge();
      const account = await accountApi.create(name, key.publicJwk, await key.signRegistration(challenge, { name }));
      rememberedAccount.write(account);
      return { name: account.name, message: good(`The account “${account.name}” is ready. Log in with your face to open it.`) };
    });
  }

  /** Tells the server about a match that was decided at a false match rate. */
  signIn(result: VerifyResult, fmr: number): Promise<void> {
    const account = rememberedAccount.read();
    const { terms } = this.store.state;
    if (!account || !terms) return Promise.resolve();
    return this.#work('Signing in', async () => {
      if (fmr > terms.maxFmr)
        throw new ServerRefusal('weak-match', `The server requires a strictness of at least 1 in ${oneIn(terms.maxFmr)}.`);
      const key = await openDeviceKey({ name: KEY });
      if (!key) throw new ServerRefusal('key-missing', 'This browser’s key is gone. Delete the account, then create it again.');
      const { challenge } = await accountApi.challenge(account.name);
      const body = { name: account.name, assertion: await key.signChallenge(challenge, { result, templateId: account.id }) };
      const answer = await accountApi.logIn(body);
      if (answer.session) return { session: answer.session, message: null };
      const passkey = await (await import('./passkey.js')).answerPasskey(answer.passkey);
      return { session: (await accountApi.logIn({ ...body, passkey })).session, message: null };
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
    const account = rememberedAccount.read();
    await (await openDeviceKey({ name: KEY }))?.erase();
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
    this.store.set({ name: null, session: null, message: null });
    return null;
  }

  async #work(busy: string, task: () => Promise<Partial<AccountState>>): Promise<void> {
    const { store } = this;
    if (store.state.busy) return;
    store.set({ busy, message: null });
    try {
      store.set(await task());
    } catch (error) {
      if (error instanceof ServerRefusal && error.code === 'no-session') store.set({ session: null });
      store.set({ message: { tone: 'bad', text: wordsFor(error) } });
    } finally {
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
