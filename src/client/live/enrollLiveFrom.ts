import { distance } from '../../matching/distance.js';
import { outlierLimit } from '../../matching/outlierLimit.js';
import type { EnrollLiveOptions } from '../../shared/enrollment.js';
import type { Template } from '../../shared/Template.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { enrollFrom } from '../enrollFrom.js';
import { keptOpen } from '../bridge/keptOpen.js';
import type { LiveParts } from './LiveParts.js';
import type { Looker } from './Looker.js';
import { assertFrameSource, type FrameSource } from '../camera/timedFrames.js';
import { watchViews } from './watchViews.js';

/**
 * Asks for several views of one person and makes their template; see `FaceVerifier.enrollLive`. Every embedding is overwritten at the end.
 */
export async function enrollLiveFrom(parts: LiveParts, source: FrameSource, options: EnrollLiveOptions): Promise<Template> {
  const { liveness, ...others } = options;
  if (!liveness) return enrollViews(parts.looker, source, others);
  assertFrameSource(source);
  const { onPrompt, onProgress, ...drawn } = liveness;
  const frames = keptOpen(source);
  try {
    const listeners = { signal: others.signal, onPrompt, onProgress };
    const { passed, reason, captures } = await parts.drawSession(drawn).run(frames.source, listeners);
    try {
      if (!passed) throw new VisavisError('liveness-failed', `The liveness check was not passed (${reason!}): enroll again.`);
      const template = await enrollViews(parts.looker, frames.source, others);
      const limit = outlierLimit(parts.looker.info.operatingPoints);
      if (captures.every(({ embedding }) => distance(embedding, template.embedding) <= limit)) return template;
      template.embedding.fill(0);
      throw new VisavisError('several-faces', 'Somebody else did what was asked for before: enroll again, one person alone.');
    } finally {
      for (const { embedding } of captures) embedding.fill(0);
    }
  } finally {
    frames.close();
  }
}

function enrollViews(looker: Looker, source: FrameSource, options: Omit<EnrollLiveOptions, 'liveness'>): Promise<Template> {
  return watchViews(looker, source, options, (captures) => enrollFrom(looker, captures, { signal: options.signal }));
}
