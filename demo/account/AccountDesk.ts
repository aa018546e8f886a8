import { createDeviceKey, openDeviceKey, VisavisError, type VerifyResult } from '../../src/index.js';
import { oneIn } from '../ui/describeRate.js';
import { accountApi, ServerRefusal } from './AccountApi.js';
import type { AccountState, AccountStore } from './AccountState.js';
import { rememberedAccount } from './rememberedAccount.js';

/** Several demos of one origin would share a key otherwise. */
const KEY = 'demo';

/** All that the page does with its server. Every method ends in the store, with a message where something was refused. */
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

  /** Registers this browser's key under a name. */
  create(name: string): Promise<void> {
    return this.#work('Creating your account', async () => {
      const key = await createDeviceKey({ name: KEY });
      const account = await accountApi.create(name, key.publicJwk);
      rememberedAccount.write(account);
      return { name: account.name, message: good(`The account “${account.name}” is yours. Log in with your face to open it.`) };
    });
  }

  /** Tells the server of a match, which was decided at a false match rate. */
  signIn(result: VerifyResult, fmr: number): Promise<void> {
    const account = rememberedAccount.read();
    const { terms } = this.store.state;
    if (!account || !terms) return Promise.resolve();
    return this.#work('Signing in', async () => {
      if (fmr > terms.maxFmr) throw new ServerRefusal('weak-match', `The server asks for a strictness of 1 in ${oneIn(terms.maxFmr)}.`);
      const key = await openDeviceKey({ name: KEY });
      if (!key) throw new ServerRefusal('key-missing', 'This browser’s key is gone. Delete the account and create it anew.');
      const { challenge, passkey } = await accountApi.challenge(account.name);
      const assertion = await key.signChallenge(challenge, { result, templateId: account.id });
      const factor = passkey ? { passkey: await (await import('./passkey.js')).answerPasskey(passkey) } : {};
      const { session } = await accountApi.logIn({ name: account.name, assertion, ...factor });
      return { session, message: null };
    });
  }

  signOut(): Promise<void> {
    return this.#work('Signing out', async () => ({ ...(await accountApi.signOut()), message: good('You are signed out.') }));
  }

  addPasskey(): Promise<void> {
    return this.#work('Waiting for your passkey', async () => {
      const { makePasskey } = await import('./passkey.js');
      const { session } = await accountApi.addPasskey(await makePasskey(await accountApi.invitePasskey()));
      return { session, message: good('From now on signing in takes your face and your passkey.') };
    });
  }

  removePasskeys(): Promise<void> {
    return this.#work('Removing', async () => ({ ...(await accountApi.removePasskeys()), message: good('Your face alone signs you in.') }));
  }

  deleteAccount(): Promise<void> {
    return this.#work('Deleting your account', async () => ({
      message: (await this.erase()) ?? good('The account and this browser’s key are deleted.'),
    }));
  }

  /**
   * Deletes this browser's key and the account. Where the server cannot be reached the key goes all the same, the token that deletes the account
   * stays for another try, and what is returned says so.
   */
  async erase(): Promise<AccountState['message']> {
    const account = rememberedAccount.read();
    await (await openDeviceKey({ name: KEY }))?.erase();
    try {
      if (account) await accountApi.deleteByToken(account.id, account.deletionToken);
      else if (this.store.state.session) await accountApi.deleteSignedIn();
    } catch (error) {
      // Gone already, as after ninety days without a login.
      if (!(error instanceof ServerRefusal && (error.code === 'unknown-account' || error.code === 'no-session'))) {
        const message = {
          tone: 'bad',
          text: 'The account on the server could not be deleted. Press “Delete account” when it can be reached.',
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
  if (error instanceof ServerRefusal || error instanceof VisavisError) return error.message;
  // WebAuthn's name for "canceled, timed out, or not allowed": browsers do not say which.
  if (error instanceof Error && error.name === 'NotAllowedError') return 'Your passkey gave no answer. Try again.';
  if (error instanceof Error && error.name === 'InvalidStateError') return 'This device has a passkey for the account already.';
  return error instanceof Error ? error.message : String(error);
}
