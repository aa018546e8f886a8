import type { LoadProgress, VerifierInfo } from '../../src/index.js';
import type { Hint } from '../login/hints.js';
import type { Notice, NoticeSource } from './notices.js';
import type { Outcome } from './Outcome.js';
import { Store } from './Store.js';

export type Tab = 'login' | 'compare';

export type EngineState =
  | ({ readonly state: 'loading' } & LoadProgress)
  | { readonly state: 'ready'; readonly info: VerifierInfo; readonly loadMs: number }
  | { readonly state: 'error' };

/** What the engine is doing for a button. */
export interface TaskState {
  readonly kind: 'enroll' | 'login';
  readonly count: number;
  readonly total: number;
}

export interface PageState {
  readonly tab: Tab;
  readonly engine: EngineState;
  readonly camera: 'off' | 'starting' | 'live' | 'error';
  /** Where the template is: in the vault, in memory until the page closes, or nowhere. */
  readonly enrollment: 'unknown' | 'none' | 'vault' | 'memory';
  readonly task: TaskState | null;
  /** The false match rate to log in at. */
  readonly fmr: number;
  /** The one to compare two photos at. */
  readonly compareFmr: number;
  readonly hint: Hint | null;
  readonly outcome: Outcome | null;
  readonly notices: Readonly<Partial<Record<NoticeSource, Notice | null>>>;
  /** Median milliseconds that the engine takes for a frame; null until known. */
  readonly frameMs: number | null;
}

export type PageStore = Store<PageState>;

export function createPageStore(): PageStore {
  return new Store<PageState>({
    tab: 'login',
    engine: { state: 'loading', stage: 'backend', loaded: 0, total: 0 },
    camera: 'off',
    enrollment: 'unknown',
    task: null,
    fmr: 1e-3,
    compareFmr: 1e-3,
    hint: null,
    outcome: null,
    notices: {},
    frameMs: null,
  });
}

/** Sets one source's notice, or takes it away. */
export function setNotice(store: PageStore, source: NoticeSource, notice: Notice | null): void {
  store.set({ notices: { ...store.state.notices, [source]: notice } });
}
