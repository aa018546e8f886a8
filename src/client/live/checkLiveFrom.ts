import type { CheckLiveOptions, CheckLiveResult } from '../../shared/live.js';
import { assertLive, collectLive, overwrite } from './collectLive.js';
import type { LiveParts } from './LiveParts.js';
import type { FrameSource } from '../camera/timedFrames.js';

/** So many good frames show that somebody stands there, and did not just walk past. */
const FRAMES = 3;

/** Watches for one good face and compares it with nobody; see `FaceVerifier.checkLive`. Every embedding is overwritten at the end. */
export async function checkLiveFrom(parts: LiveParts, source: FrameSource, options: CheckLiveOptions): Promise<CheckLiveResult> {
  assertLive(source, options);
  const collected = await collectLive(parts, source, { frames: FRAMES, least: options.liveness ? 1 : FRAMES }, options);
  const { captures, face, trouble, session } = collected;
  overwrite(collected);
  const enough = session ? session.passed : captures.length === FRAMES;
  if (enough) return { passed: true, face, session };
  return { passed: false, reason: session?.reason ?? trouble?.code ?? 'low-quality', face, session };
}
