import { bestOf, GoodFrames, type FrameTrouble } from '../../ceremony/GoodFrames.js';
import { outlierLimit } from '../../matching/outlierLimit.js';
import type { EmbedResult } from '../../shared/captures.js';
import { describe } from '../../shared/describe.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import type { LiveOptions } from '../../shared/live.js';
import type { LivenessResult } from '../../shared/liveness.js';
import { assertTimeLimit } from './assertTimeLimit.js';
import type { LiveParts } from './LiveParts.js';
import { lookForCeremony } from './lookForCeremony.js';
import { runCeremony } from './runCeremony.js';
import { assertFrameSource, type FrameSource } from '../camera/timedFrames.js';

/** Milliseconds. */
const TIME_LIMIT = 10_000;

export interface Collected {
  /** The best frames, at most as many as were asked for. Whoever asked overwrites them. */
  readonly captures: readonly EmbedResult[];
  /** In the last frame that shows a single one. */
  readonly face: FaceReport | null;
  /** Why there are no captures; null where there are some, and where the session was not passed. */
  readonly trouble: FrameTrouble | null;
  readonly session: LivenessResult | null;
}

/** Throws for options that no live call can work with, before the camera is looked at. */
export function assertLive(source: FrameSource, { timeLimit = TIME_LIMIT, liveness }: LiveOptions): void {
  assertFrameSource(source);
  assertTimeLimit(timeLimit);
  if (liveness !== undefined && typeof liveness !== 'boolean' && (typeof liveness !== 'object' || liveness === null)) {
    throw new TypeError(`expected liveness to be true, false or the options of a session, got ${describe(liveness)}`);
  }
}

/** Watches until there are enough good frames of one person or the time is over; with liveness, until its session is decided. */
export async function collectLive(
  { looker, drawSession }: LiveParts,
  source: FrameSource,
  frames: number,
  { timeLimit = TIME_LIMIT, liveness, onDecide, ...listeners }: LiveOptions,
): Promise<Collected> {
  if (liveness) {
    const session = await drawSession(liveness === true ? {} : liveness).run(source, listeners);
    onDecide?.();
    const captures = bestOf(session.captures, frames).map(({ face, embedding }) => ({ face, embedding }));
    return { captures, face: captures.at(-1)?.face ?? null, trouble: null, session };
  }
  const judge = new GoodFrames({ frames, timeLimit, maxDistance: outlierLimit(looker.info.operatingPoints) });
  await runCeremony({
    ...{ judge, source, ...listeners },
    look: (frame) => lookForCeremony(looker, frame, { signal: listeners.signal, embed: 'good' }),
    kept: () => judge.best.map(({ embedding }) => embedding),
  });
  onDecide?.();
  return { captures: judge.best, face: judge.face, trouble: judge.trouble, session: null };
}
