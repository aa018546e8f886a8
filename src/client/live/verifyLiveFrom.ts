import type { VerifyLiveOptions, VerifyLiveResult } from '../../shared/live.js';
import { DEFAULT_FMR } from '../../shared/options.js';
import type { Template } from '../../shared/Template.js';
import { assertLive, collectLive, overwrite } from './collectLive.js';
import { framesToVerify } from './framesToVerify.js';
import type { LiveParts } from './LiveParts.js';
import { notCompared } from '../notCompared.js';
import type { FrameSource } from '../camera/timedFrames.js';
import { verifyFrom } from '../verifyFrom.js';

/** Collects frames and decides once; see `FaceVerifier.verifyLive`. */
export async function verifyLiveFrom(
  parts: LiveParts,
  source: FrameSource,
  template: Template,
  { fmr = DEFAULT_FMR, ...options }: VerifyLiveOptions,
): Promise<VerifyLiveResult> {
  const { looker } = parts;
  assertLive(source, options);
  const frames = await framesToVerify(looker, template, fmr);
  const collected = await collectLive(parts, source, { frames }, options);
  const { captures, face, trouble, session } = collected;
  if (captures.length === 0) {
    const reason = session ? 'liveness-failed' : trouble!.code;
    return { ...notCompared(looker.info, { template, fmr, face, reason }), session };
  }
  try {
    const { signal } = options;
    const result = await verifyFrom(looker, captures, template, { fmr, signal, ...(session ? { liveness: session } : {}) });
    if (!session) overwrite(collected); // those of a session belong to its result
    // The same object: only that one can be signed.
    return Object.assign(result, { session });
  } catch (error) {
    overwrite(collected);
    throw error;
  }
}
