import { Store } from '../state/Store.js';
import type { ServerSession, ServerTerms } from './AccountApi.js';

export interface AccountState {
  /** Whether the page was served together with its server. */
  readonly server: 'unknown' | 'none' | 'there';
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
  return new Store<AccountState>({ server: 'unknown', terms: null, name: null, session: null, busy: '', message: null });
}
