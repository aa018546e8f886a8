import { VisavisError, type FaceVerifier } from '../../src/index.js';
import { noticeOf } from '../state/notices.js';
import { setNotice, type PageStore, type TaskState } from '../state/PageState.js';
import { askForMovement } from '../liveness/askForMovement.js';
import { REFUSAL_TEXTS, refusalTitle } from '../liveness/livenessTexts.js';
import type { LivenessStage } from '../liveness/LivenessStage.js';
import { messageOf } from '../ui/messageOf.js';
import type { PromptBox } from '../prompt/PromptBox.js';
import { AttemptGuard, describeWait } from './AttemptGuard.js';
import { CAPTURES, enrollGuided } from './enrollGuided.js';
import { Countdown } from './Countdown.js';
import type { FrameLoop } from './FrameLoop.js';
import { HINT_TEXTS } from './hints.js';
import { Interruption } from './Interruption.js';
import type { TemplateKeeper } from './TemplateKeeper.js';
import { FRAMES, verifyFrames } from './verifyFrames.js';

/** Each view has a time limit of its own. */
const ENROLL_LIMIT = 90_000;
const LOGIN_LIMIT = 10_000;
/** A liveness session has time limits of its own, for each movement. */
const LIVENESS_LIMIT = 120_000;

/** What a task works with while the camera and the engine run. */
export interface Bench {
  readonly verifier: FaceVerifier;
  readonly loop: FrameLoop;
  readonly signal: AbortSignal;
}

/** Runs enrollment and login, one at a time, each within its time limit. */
export class TaskRunner {
  readonly #attempts = new AttemptGuard();
  #bench: Bench | null = null;
  #abort: AbortController | null = null;

  constructor(
    private readonly store: PageStore,
    private readonly keeper: TemplateKeeper,
    private readonly liveness: LivenessStage,
    private readonly box: PromptBox,
  ) {}

  get ready(): boolean {
    return this.#bench !== null;
  }

  /** Tasks can run until the bench's signal fires or it is taken away. */
  attach(bench: Bench): void {
    this.#bench = bench;
    bench.signal.addEventListener('abort', () => this.detach(bench), { once: true });
  }

  detach(bench: Bench): void {
    if (this.#bench !== bench) return;
    this.#bench = null;
    this.#interrupt('camera-off');
  }

  cancel(): void {
    this.#interrupt('canceled');
  }

  enroll(): Promise<void> {
    return this.#run('enroll', CAPTURES, ENROLL_LIMIT, async ({ verifier, loop, signal }, onCount) => {
      const template = await enrollGuided({ verifier, loop, box: this.box, signal, onCount });
      const problem = await this.keeper.save(template);
      setNotice(this.store, 'vault', problem && noticeOf(problem));
      await this.#attempts.reset();
      const { captures, consistency } = template;
      const outcome = { kind: 'enrolled', captures, consistency, kept: !problem } as const;
      this.store.set({ enrollment: problem ? 'memory' : 'vault', outcome });
    });
  }

  login(): Promise<void> {
    return this.#run('login', FRAMES, this.liveness.wanted ? LIVENESS_LIMIT : LOGIN_LIMIT, async ({ verifier, loop, signal }, onCount) => {
      const template = await this.keeper.read();
      if (!template) {
        this.store.set({ enrollment: 'none', outcome: failed('You’re not enrolled', 'Nothing is stored on this device. Enroll first.') });
        return;
      }
      const verdict = await this.#attempts.run(
        async () => {
          const live = this.liveness.wanted ? await askForMovement({ verifier, loop, signal }, this.liveness) : null;
          // Counted like a face that doesn't match: someone who may try one video after another finds one that fits.
          if (live && !live.passed) return { match: false, refused: live.reason! } as const;
          return verifyFrames({ verifier, loop, template, fmr: this.store.state.fmr, live, signal, onCount });
        },
        (status) => this.store.set({ outcome: failed(...describeWait(status)) }),
      );
      if (!verdict) return;
      const outcome =
        'refused' in verdict
          ? failed(refusalTitle(verdict.refused), REFUSAL_TEXTS[verdict.refused])
          : { kind: 'verdict' as const, ...verdict };
      this.store.set({ outcome });
    });
  }

  async #run(
    kind: TaskState['kind'],
    total: number,
    limit: number,
    work: (bench: Bench, onCount: (count: number) => void) => Promise<void>,
  ): Promise<void> {
    const bench = this.#bench;
    if (!bench || this.#abort) return;
    const { store } = this;
    const abort = (this.#abort = new AbortController());
    const countdown = new Countdown(limit, () => this.#interrupt('timeout'));
    const onCount = (count: number) => store.set({ task: { kind, count, total } });
    setNotice(store, 'template', null);
    store.set({ outcome: null });
    onCount(0);
    try {
      await bench.loop.exclusively(() => work({ ...bench, signal: abort.signal }, onCount));
    } catch (error) {
      this.#explain(kind, error, abort.signal);
    } finally {
      countdown.stop();
      this.#abort = null;
      store.set({ task: null });
    }
  }

  #explain(kind: TaskState['kind'], error: unknown, signal: AbortSignal): void {
    const { store } = this;
    if (signal.aborted) {
      const reason: unknown = signal.reason;
      if (reason instanceof Interruption && reason.kind === 'timeout') store.set({ outcome: outOfTime(kind, store.state.hint) });
      return;
    }
    const code = error instanceof VisavisError ? error.code : '';
    if (code === 'low-quality' || code === 'no-face' || code === 'several-faces' || code === 'bad-image') {
      store.set({ outcome: failed('That didn’t work', messageOf(error)) });
    } else if (code !== 'backend-unavailable' && code !== 'disposed') {
      // The frame loop finds out by itself that the engine has ended.
      setNotice(store, 'template', noticeOf(error));
    }
  }

  #interrupt(kind: Interruption['kind']): void {
    this.#abort?.abort(new Interruption(kind));
  }
}

function outOfTime(kind: TaskState['kind'], hint: keyof typeof HINT_TEXTS | null) {
  const advice = hint && hint !== 'ok' ? `The last hint was “${HINT_TEXTS[hint]}”.` : 'The camera or the engine was too slow.';
  return kind === 'enroll'
    ? failed('Not enrolled', `It took too long. ${advice}`)
    : failed('No decision', `Your face wasn’t seen well enough within ten seconds. ${advice} Try again.`);
}

function failed(title: string, text: string) {
  return { kind: 'failed', title, text } as const;
}
