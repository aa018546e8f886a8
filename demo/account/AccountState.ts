import { rememberedAccount } from './rememberedAccount.js';
import { Store } from '../state/Store.js';
import type { ServerSession, ServerTerms } from './AccountApi.js';

export interface AccountState {
  /**
   * Whether the page was served together with its server; `unreachable` where that could not be asked, the server has stopped answering, or none is
   * found though this browser has an account with it.
   */
  readonly server: 'unknown' | 'none' | 'unreachable' | 'there';
  readonly terms: ServerTerms | null;
  /** This browser's account; null if it has none. */
  readonly name: string | null;
  readonly session: ServerSession | null;
  /** What is in progress; empty if nothing is. */
  readonly busy: string;
  readonly message: { readonly tone: 'good' | 'bad'; readonly text: string } | null;
}

export type AccountStore = Store<AccountState>;

export function createAccountStore(): AccountStore {
  const name = rememberedAccount.read()?.name ?? null;
  return new Store<AccountState>({ server: 'unknown', terms: null, name, session: null, busy: '', message: null });
}

/** Whether this browser has an account that nobody is signed in to: then nobody else may be enrolled either. */
export function isHeld({ name, session }: Pick<AccountState, 'name' | 'session'>): boolean {
  return name !== null && session?.name !== name;
}

/** Whether a login that shows no movements would be refused by the server. */
export function demandsLiveness({ name, terms }: Pick<AccountState, 'name' | 'terms'>): boolean {
  return name !== null && (terms?.demandLiveness ?? false);
}
