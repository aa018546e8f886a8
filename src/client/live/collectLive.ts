import { bestOf, GoodFrames, type FrameTrouble } from '../../ceremony/GoodFrames.js';
import { outlierLimit } from '../../matching/outlierLimit.js';
import { throwIfAborted } from '../../shared/abortable.js';
import type { EmbedResult } from '../../shared/captures.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import type { LiveOptions } from '../../shared/live.js';
import type { LivenessResult } from '../../shared/liveness.js';
import { assertTimeLimit } from './assertTimeLimit.js';
import { discard } from './livenessResults.js';
import type { LiveParts } from './LiveParts.js';
import { lookForCeremony } from './lookForCeremony.js';
import { assertLiveness } from './readLiveness.js';
import { runCeremony } from './runCeremony.js';
import { assertFrameSource, type FrameSource } from '../camera/timedFrames.js';

/** Milliseconds. */
const TIME_LIMIT = 10_000;

export interface Collected {
  /** The best frames, at most as many as were asked for. Whoever asked overwrites them. */
  readonly captures: readonly EmbedResult[];
  /** In the last frame that shows a single one. */
  readonly face: FaceReport | null;
  /** What was wrong with most frames that were not taken; null where nothing was, though some were taken, and with a session. */
  readonly trouble: FrameTrouble | null;
  readonly session: LivenessResult | null;
}

/** Throws for options that no live call can work with, before the camera is looked at. */
export function assertLive(source: FrameSource, { timeLimit = TIME_LIMIT, liveness }: LiveOptions): void {
  assertFrameSource(source);
  assertTimeLimit(timeLimit);
  assertLiveness(liveness);
}

/**
 * Watches until there are enough good frames of one person or the time is over; with liveness, until its session is decided.
 * @param least how few frames there is something to decide by
 */
export async function collectLive(
  parts: LiveParts,
  source: FrameSource,
  { frames, least = 1 }: { readonly frames: number; readonly least?: number },
  options: LiveOptions,
): Promise<Collected> {
  const collected = await (options.liveness ? ofSession(parts, source, frames, options) : ofFrames(parts, source, frames, options));
  try {
    if (collected.captures.length >= least) options.onDecide?.();
    throwIfAborted(options.signal);
    return collected;
  } catch (error) {
    overwrite(collected);
    throw error;
  }
}

/** Overwrites every embedding, also those that a session keeps, which then counts for nothing any more. */
export function overwrite({ captures, session }: Collected): void {
  for (const { embedding } of captures) embedding.fill(0);
  if (session) discard(session);
}

async function ofSession(
  { drawSession }: LiveParts,
  source: FrameSource,
  frames: number,
  { liveness, signal, onPrompt, onProgress }: LiveOptions,
): Promise<Collected> {
  const options = typeof liveness === 'object' ? liveness : {};
  const session = await drawSession(options).run(source, { signal, onPrompt, onProgress });
  const captures = bestOf(session.captures, frames).map(({ face, embedding }) => ({ face, embedding }));
  return { captures, face: captures.at(-1)?.face ?? null, trouble: null, session };
}

async function ofFrames(
  { looker }: LiveParts,
  source: FrameSource,
  frames: number,
  { timeLimit = TIME_LIMIT, signal, onPrompt, onProgress }: LiveOptions,
): Promise<Collected> {
  const judge = new GoodFrames({ frames, timeLimit, maxDistance: outlierLimit(looker.info.operatingPoints) });
  await runCeremony({
    ...{ judge, source, signal, onPrompt, onProgress },
    look: (frame) => lookForCeremony(looker, frame, { signal, embed: 'good' }),
    kept: () => judge.best.map(({ embedding }) => embedding),
  });
  return { captures: judge.best, face: judge.face, trouble: judge.trouble, session: null };
}
