import { distance } from '../../matching/distance.js';
import { outlierLimit } from '../../matching/outlierLimit.js';
import type { EnrollLiveOptions } from '../../shared/enrollment.js';
import type { Template } from '../../shared/Template.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { enrollFrom } from '../enrollFrom.js';
import { keptOpen } from '../bridge/keptOpen.js';
import { guidedOptions, type GuidedOptions } from './guidedOptions.js';
import { discard } from './livenessResults.js';
import type { LiveParts } from './LiveParts.js';
import type { Looker } from './Looker.js';
import type { FrameSource } from '../camera/timedFrames.js';
import { assertViews, watchViews } from './watchViews.js';

/**
 * Asks for several views of one person and makes their template; see `FaceVerifier.enrollLive`. Every embedding is overwritten at the end.
 */
export async function enrollLiveFrom(parts: LiveParts, source: FrameSource, options: EnrollLiveOptions): Promise<Template> {
  const { session: asked, views } = guidedOptions(options);
  assertViews(source, views);
  if (!asked) return enrollViews(parts.looker, source, views);
  const frames = keptOpen(source);
  try {
    const session = await parts.drawSession(asked.drawn).run(frames.source, asked.listeners);
    try {
      if (!session.passed)
        throw new VisavisError('liveness-failed', `The liveness check was not passed (${session.reason!}): enroll again.`);
      const template = await enrollViews(parts.looker, frames.source, views);
      const limit = outlierLimit(parts.looker.info.operatingPoints);
      if (session.captures.every(({ embedding }) => distance(embedding, template.embedding) <= limit)) return template;
      template.embedding.fill(0);
      throw new VisavisError('several-faces', 'Somebody else did what was asked for before: enroll again, one person alone.');
    } finally {
      discard(session);
    }
  } finally {
    frames.close();
  }
}

function enrollViews(looker: Looker, source: FrameSource, options: GuidedOptions['views']): Promise<Template> {
  return watchViews(looker, source, options, (captures) => enrollFrom(looker, captures, { signal: options.signal }));
}
