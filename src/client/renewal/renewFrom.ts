import type { Template } from '../../shared/Template.js';
import { capture, embeddingsOf, outcomeOf } from '../live/capture.js';
import { hold as holdSession, useUp } from '../live/livenessResults.js';
import { assertRenewal, concludeRenewal, type SeenByBoth } from './concludeRenewal.js';
import type { holdFrame } from './holdFrame.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import { lookWithBefore } from './lookWithBefore.js';
import type { Looker } from '../live/Looker.js';
import { DEFAULT_RENEWAL_FMR, type RenewOptions, type RenewResult } from './RenewOptions.js';
import { eachSource, type Pictures } from '../pictures/Sources.js';

/** What a renewal works with beside the older model: eyes, and how it keeps a frame for both models. */
export interface RenewParts {
  readonly looker: Looker;
  readonly hold: typeof holdFrame;
}

/**
 * Looks at every picture with both models; see `FaceVerifier.renew`. Every embedding is overwritten at the end, and the session used up, as by
 * `verify`.
 */
export async function renewFrom(
  { looker, hold }: RenewParts,
  pictures: Pictures,
  template: Template,
  { from, fmr = DEFAULT_RENEWAL_FMR, signal, liveness, onCapture }: RenewOptions,
): Promise<RenewResult> {
  const task = { looker, from, template, fmr, signal };
  await assertRenewal(task);
  const session = liveness && holdSession(liveness);
  const seen: SeenByBoth[] = [];
  try {
    for await (const source of eachSource<ImageSource>(pictures, signal)) {
      const frame = await hold(source);
      try {
        const now = await capture(looker, frame.source, { signal, track: false, gate: true });
        const face = now.face && frame.toSource(now.face);
        const one = { now: { ...now, face }, before: now };
        const index = seen.push(one) - 1;
        if (face && !now.trouble) one.before = await lookWithBefore(from, frame, face, signal);
        onCapture?.(outcomeOf({ face, trouble: one.before.trouble }, index));
      } finally {
        frame.release();
      }
    }
    if (seen.length === 0) {
      session?.giveBack(); // the caller's mistake
      throw new TypeError('expected at least one source to renew from, got none');
    }
    return await concludeRenewal(task, seen, { session: null, ...(session && { liveness: session.held }) });
  } finally {
    if (session) useUp(session.held);
    for (const values of embeddingsOf(seen.flatMap(({ now, before }) => [now, before]))) values.fill(0);
  }
}
