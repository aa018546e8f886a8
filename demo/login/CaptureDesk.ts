import '../../src/element.js';
import type { DoneDetail, VisavisCaptureElement } from '../../src/element.js';
import { curveFor, VisavisError } from '../../src/index.js';
import type { EngineHost } from '../engine/EngineHost.js';
import { NOTICE_OF_ACCOUNT, noticeOf } from '../state/notices.js';
import { isCapturing, setNotice, type PageState, type PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { AccountHeld, ID, type TemplateKeeper } from './TemplateKeeper.js';

/** What goes wrong with the engine while somebody is looked at. */
const ENGINE_ENDED: readonly string[] = ['backend-unavailable', 'disposed'];
/** What the page has a way out of, beyond the capture's own "Try again". */
const EXPLAINED: readonly string[] = ['template-incompatible', 'template-invalid', 'vault-locked', 'vault-unavailable'];

/** The page's `<visavis-capture>`: it is told what the page's state is, and the state what becomes of it. */
export class CaptureDesk {
  readonly #element: VisavisCaptureElement = document.querySelector('visavis-capture')!;

  constructor(
    private readonly store: PageStore,
    private readonly host: EngineHost,
    private readonly keeper: TemplateKeeper,
  ) {
    const element = this.#element;
    element.templateId = ID;
    element.vault = keeper;
    // The account's key is the server's affair.
    element.deviceKey = 'demo-capture';
    element.verifier = (signal) => host.take(signal);
    element.addEventListener('visavis-phase', ({ detail }) => store.set({ phase: detail.phase }));
    element.addEventListener('visavis-done', ({ detail }) => void this.#done(detail));
    element.addEventListener('visavis-error', ({ detail }) => this.#failed(detail.error));
    store.subscribe((state) => this.#draw(state));
  }

  /** Shows the beginning of a log-in or an enrollment, in place of whatever there was. */
  show(mode: PageState['mode']): void {
    // A notice with a button for this is on view beside every tab.
    if (this.store.state.tab !== 'login') byId('tab-login').click();
    this.#element.cancel();
    this.store.set({ mode, outcome: null });
    this.#draw(this.store.state);
    // The pressed button may disappear.
    this.#element.focus();
  }

  logIn(): void {
    this.show('verify');
    void this.#element.start();
  }

  /** The camera goes off, and the page shows what comes first. */
  stop(): void {
    this.#element.cancel();
  }

  /** Deletes the template; the next enrollment asks for consent again. */
  async erase(): Promise<void> {
    await this.#element.erase();
  }

  #draw(state: PageState): void {
    const { enrollment, mode, fmr, liveness, forgetting } = state;
    const element = this.#element;
    // Before it is known who is enrolled, nobody knows what to ask for.
    element.dataset.enrollment = enrollment;
    element.inert = enrollment === 'unknown' || forgetting;
    // It goes on as it began, and what came of it is told by what it began with.
    if (isCapturing(state)) return;
    // Forgotten in another tab: from what it shows now no way leads to an enrollment.
    if (enrollment === 'none' && element.mode === 'verify' && element.phase !== 'idle') element.cancel();
    element.mode = enrollment === 'none' ? 'enroll' : mode;
    element.fmr = fmr;
    element.liveness = element.mode === 'verify' && liveness;
  }

  async #done({ result, passed }: DoneDetail): Promise<void> {
    const { store, keeper, host } = this;
    setNotice(store, 'template', null);
    if (result.mode === 'enroll') {
      const { captures, consistency } = result.template;
      setNotice(store, 'vault', keeper.problem && noticeOf(keeper.problem));
      store.set({ mode: 'verify', enrollment: keeper.problem ? 'memory' : 'vault', outcome: { kind: 'enrolled', captures, consistency } });
    } else if (result.mode === 'verify' && passed && host.verifier) {
      const { verification } = result;
      const { info } = host.verifier;
      const fmr = this.#element.fmr!;
      const templateFrames = (await keeper.get(ID))?.captures ?? 1;
      const points = curveFor(info.normalized ?? info, { templateFrames, probeFrames: verification.frames });
      store.set({ outcome: { kind: 'match', result: verification, fmr, points } });
    }
  }

  #failed(error: Error): void {
    const code = error instanceof VisavisError ? error.code : '';
    if (error instanceof AccountHeld) setNotice(this.store, 'template', NOTICE_OF_ACCOUNT);
    else if (ENGINE_ENDED.includes(code)) this.host.fail(error);
    else if (EXPLAINED.includes(code)) setNotice(this.store, 'template', noticeOf(error));
  }
}
