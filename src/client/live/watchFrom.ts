import { PresenceJudge } from '../../ceremony/PresenceJudge.js';
import { curveFor } from '../../matching/curveFor.js';
import { thresholdAt } from '../../matching/operatingCurve.js';
import { abortable } from '../../shared/abortable.js';
import { PAGE_CLOCK, type Clock } from '../../shared/Clock.js';
import { describe } from '../../shared/describe.js';
import type { Presence, WatchOptions } from '../../shared/live.js';
import { DEFAULT_FMR } from '../../shared/options.js';
import type { Template } from '../../shared/Template.js';
import { assertHasKey, assertKey } from '../../vault/protection/assertKey.js';
import { assertTemplate } from '../assertTemplate.js';
import { compareWith } from '../compareWith.js';
import type { Looker } from './Looker.js';
import { lookForCeremony } from './lookForCeremony.js';
import { isHidden, pageVisible } from './pageVisible.js';
import { throwLater } from '../throwLater.js';
import { assertFrameSource, timedFrames, type FrameSource } from '../camera/timedFrames.js';

/** How long to wait for a frame of a visible page, milliseconds. */
const PATIENCE = 10_000;

/** A watch that runs; made by `verifier.watch`. */
export interface PresenceWatch {
  readonly presence: Presence;
  /**
   * Resolves when the watch is over, and never rejects: with null after `stop`, the signal, or the last frame of a source that ends;
   * otherwise with what went wrong, such as `camera-lost`, `aborted` (the camera was stopped) or `disposed`.
   */
  readonly ended: Promise<Error | null>;
  /** Ends the watch. The camera stays on: it is the caller's. */
  stop(): void;
}

/** Looks at a frame now and then; see `FaceVerifier.watch`. */
export function watchFrom(
  looker: Looker,
  source: FrameSource,
  template: Template,
  { every = 1000, fmr = DEFAULT_FMR, onChange, signal }: WatchOptions,
  clock: Clock = PAGE_CLOCK,
): PresenceWatch {
  assertFrameSource(source);
  assertTemplate(template, looker.info);
  assertHasKey(template);
  if (!(typeof every === 'number' && every >= 100 && every <= 60_000)) {
    throw new RangeError(`expected every to be 100 to 60000 ms, got ${describe(every)}`);
  }
  const threshold = thresholdAt(
    curveFor(looker.info.normalized ?? looker.info, { templateFrames: template.captures, probeFrames: 1 }),
    fmr,
  );
  const end = new AbortController();
  const stop = () => end.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const judge = new PresenceJudge();
  let shown: Presence = 'unknown';
  const tell = () => {
    const before = shown;
    if (judge.state === before || end.signal.aborted) return;
    shown = judge.state;
    try {
      onChange?.(shown, before);
    } catch (error) {
      throwLater(error); // the page's trouble, not the watch's
    }
  };
  const onHidden = () => {
    if (!isHidden()) return;
    judge.forget();
    tell();
  };
  const watching = async () => {
    await assertKey(template);
    const frames = timedFrames(source, { signal: end.signal, patience: () => PATIENCE });
    try {
      for (;;) {
        await pageVisible(end.signal);
        const started = clock.now();
        const next = await frames.next();
        if (next.done) return;
        // Looks are far apart: following one face, it would take ten of them to notice a second one.
        const seen = await lookForCeremony(looker, next.value, { signal: end.signal, embed: 'good', track: false });
        const look = await presenceIn(seen, template, { threshold, info: looker.info });
        if (!isHidden()) {
          judge.observe(look);
          tell();
        }
        await pause(every - (clock.now() - started), end.signal, clock);
      }
    } finally {
      await frames.return();
    }
  };
  if (typeof document !== 'undefined') document.addEventListener('visibilitychange', onHidden);
  const ended = watching().then(
    () => null,
    (error: unknown) => (end.signal.aborted ? null : error instanceof Error ? error : new Error(String(error))),
  );
  return {
    get presence() {
      return shown;
    },
    ended: ended.finally(() => {
      if (!end.signal.aborted) {
        judge.forget();
        tell();
      }
      signal?.removeEventListener('abort', stop);
      if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', onHidden);
    }),
    stop,
  };
}

async function presenceIn(
  { faces, embedding }: { readonly faces: number; readonly embedding: Float32Array | null },
  template: Template,
  { threshold, info }: { readonly threshold: number; readonly info: Looker['info'] },
): Promise<Presence> {
  if (faces === 0) return 'absent';
  if (faces > 1) return 'several';
  if (!embedding) return 'unknown';
  try {
    const { normalizedDistance } = await compareWith(embedding, template, info);
    return normalizedDistance <= threshold ? 'present' : 'someone-else';
  } finally {
    embedding.fill(0);
  }
}

async function pause(milliseconds: number, signal: AbortSignal, clock: Clock): Promise<void> {
  if (milliseconds <= 0) return;
  let cancel = () => {};
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(milliseconds, resolve);
  });
  try {
    await abortable(over, signal);
  } finally {
    cancel();
  }
}
