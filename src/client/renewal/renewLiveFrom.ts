import type { FaceReport } from '../../shared/FaceReport.js';
import type { LivenessResult } from '../../shared/liveness.js';
import type { Template } from '../../shared/Template.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { embeddingsOf, isTroubleCode } from '../live/capture.js';
import { assertRenewal, concludeRenewal, refused, type RenewalTask, type SeenByBoth } from './concludeRenewal.js';
import { drawWith } from '../live/drawWith.js';
import { guidedOptions } from '../live/guidedOptions.js';
import { discard, keepFresh, useUp } from '../live/livenessResults.js';
import type { HeldFrame } from './holdFrame.js';
import { keptOpen } from '../bridge/keptOpen.js';
import { lookWithBefore } from './lookWithBefore.js';
import type { Looker } from '../live/Looker.js';
import type { RenewParts } from './renewFrom.js';
import { DEFAULT_RENEWAL_FMR, type RenewLiveOptions, type RenewResult } from './RenewOptions.js';
import type { FrameSource } from '../camera/timedFrames.js';
import { assertViews, watchViews, type WatchViewsOptions } from '../live/watchViews.js';

/**
 * A guided enrollment whose frames the older model verifies; see `FaceVerifier.renewLive`. A session is the older model's: its frames are then
 * compared with the template that the person has. Every embedding is overwritten at the end, but for those of a session, which belong to its
 * result: that is used up.
 */
export async function renewLiveFrom(
  parts: RenewParts,
  source: FrameSource,
  template: Template,
  { from, fmr = DEFAULT_RENEWAL_FMR, ...options }: RenewLiveOptions,
): Promise<RenewResult> {
  const { session: asked, views } = guidedOptions(options);
  assertViews(source, views);
  const { signal } = views;
  const task = { looker: parts.looker, from, template, fmr, signal };
  await assertRenewal(task);
  const frames = keptOpen(source);
  let session: LivenessResult | null = null;
  try {
    if (asked) {
      session = await drawWith(from, asked.drawn).run(frames.source, asked.listeners);
      if (!session.passed) return refused(task, null, 'liveness-failed', session);
      keepFresh(session); // the views may take longer than a session counts
    }
    return await renewViews(task, parts.hold, { source: frames.source, views, session });
  } catch (error) {
    if (session) discard(session);
    throw error;
  } finally {
    if (session) useUp(session);
    frames.close();
  }
}

async function renewViews(
  task: RenewalTask,
  hold: RenewParts['hold'],
  { source, views, session }: { source: FrameSource; views: WatchViewsOptions; session: LivenessResult | null },
): Promise<RenewResult> {
  const { looker, from, signal } = task;
  const seen: SeenByBoth[] = [];
  let held: HeldFrame | null = null;
  let last: FaceReport | null = null;
  const eyes: Looker = {
    info: looker.info,
    analyze: (frame, options) => looker.analyze(frame, options),
    async look(frame, options) {
      held?.release();
      held = await hold(frame);
      const { face, embedding } = await looker.look(held.source, options);
      return { face: (last = held.toSource(face)), embedding };
    },
  };
  const onTaken: WatchViewsOptions['onTaken'] = async (taken) => {
    const before = await lookWithBefore(from, held!, taken.face, signal);
    seen.push({ now: { ...taken, trouble: null, origin: 'elsewhere' }, before });
  };
  try {
    return await watchViews(eyes, source, { ...views, onTaken }, () => concludeRenewal(task, seen, { session }));
  } catch (error) {
    // Not being seen well enough is a result, as in `verifyLive`.
    if (error instanceof VisavisError && isTroubleCode(error.code)) return refused(task, last, error.code, session);
    throw error;
  } finally {
    (held as HeldFrame | null)?.release();
    for (const values of embeddingsOf(seen.map(({ before }) => before))) values.fill(0);
  }
}
