import type { CapturePhase, LoadProgress, VerifierInfo } from '../../src/index.js';
import type { Notice, NoticeSource } from './notices.js';
import type { Outcome } from './Outcome.js';
import { Store } from './Store.js';

export type Tab = 'login' | 'compare';

export type EngineState =
  | ({ readonly state: 'loading' } & LoadProgress)
  | { readonly state: 'ready'; readonly info: VerifierInfo; readonly loadMs: number }
  | { readonly state: 'error' };

export interface PageState {
  readonly tab: Tab;
  readonly engine: EngineState;
  /** Where the template is: in the vault, in memory until the page closes, or nowhere. */
  readonly enrollment: 'unknown' | 'none' | 'vault' | 'memory';
  /** What the person in front of the camera is asked for: who is not enrolled can only enroll. */
  readonly mode: 'enroll' | 'verify';
  readonly phase: CapturePhase;
  /** The false match rate to log in at. */
  readonly fmr: number;
  /** Whether movements are asked for at a log-in. */
  readonly liveness: boolean;
  /** Whether everything about the person is being deleted. */
  readonly forgetting: boolean;
  /** The one to compare two photos at. */
  readonly compareFmr: number;
  readonly outcome: Outcome | null;
  readonly notices: Readonly<Partial<Record<NoticeSource, Notice | null>>>;
  /** Milliseconds that the engine takes for a picture; null until known. */
  readonly frameMs: number | null;
}

export type PageStore = Store<PageState>;

export function createPageStore(): PageStore {
  return new Store<PageState>({
    tab: 'login',
    engine: { state: 'loading', stage: 'backend', loaded: 0, total: 0 },
    enrollment: 'unknown',
    mode: 'verify',
    phase: 'idle',
    fmr: 1e-3,
    liveness: false,
    forgetting: false,
    compareFmr: 1e-3,
    outcome: null,
    notices: {},
    frameMs: null,
  });
}

/** Sets one source's notice, or takes it away. */
export function setNotice(store: PageStore, source: NoticeSource, notice: Notice | null): void {
  store.set({ notices: { ...store.state.notices, [source]: notice } });
}

export function isEnrolled({ enrollment }: Pick<PageState, 'enrollment'>): boolean {
  return enrollment === 'vault' || enrollment === 'memory';
}

/** Whether the camera is in use, or about to be. */
export function isCapturing({ phase }: Pick<PageState, 'phase'>): boolean {
  return phase !== 'idle' && phase !== 'done' && phase !== 'failed';
}
