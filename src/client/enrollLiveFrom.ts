import { EnrollmentGuide } from '../ceremony/EnrollmentGuide.js';
import { distance } from '../matching/distance.js';
import { outlierLimit } from '../matching/outlierLimit.js';
import type { EnrollLiveOptions, EnrollmentHint } from '../shared/enrollment.js';
import { QUALITY_REASONS, type QualityReason } from '../shared/FaceReport.js';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import { assertTimeLimit } from './assertTimeLimit.js';
import { enrollFrom } from './enrollFrom.js';
import { keptOpen } from './keptOpen.js';
import type { LiveParts } from './LiveParts.js';
import { lookForCeremony } from './lookForCeremony.js';
import type { Looker } from './Looker.js';
import { runCeremony } from './runCeremony.js';
import { assertFrameSource, type FrameSource } from './timedFrames.js';

/** Long enough to read a prompt and act on it, milliseconds. */
const TIME_LIMIT = 8000;

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

async function enrollViews(looker: Looker, source: FrameSource, options: Omit<EnrollLiveOptions, 'liveness'>): Promise<Template> {
  const { signal, timeLimit = TIME_LIMIT, mirrored = false, onPrompt, onProgress, onCapture, onDecide } = options;
  assertFrameSource(source);
  assertTimeLimit(timeLimit);
  const guide = new EnrollmentGuide({ timeLimit, mirrored }, outlierLimit(looker.info.operatingPoints));
  const embeddings = () => guide.captures.map(({ embedding }) => embedding);
  try {
    let told = 0;
    await runCeremony({
      ...{ judge: guide, source, signal, onPrompt, onProgress, kept: embeddings },
      look: (frame) => lookForCeremony(looker, frame, { signal, embed: 'good' }),
      onSeen() {
        for (const { face } of guide.captures.slice(told)) onCapture?.({ index: told++, accepted: true, face });
      },
    });
    if (guide.outcome !== 'done') throw unfinished(guide.progress?.hint ?? null);
    onDecide?.();
    return await enrollFrom(looker, guide.captures, { signal });
  } finally {
    for (const embedding of embeddings()) embedding.fill(0);
  }
}

function unfinished(hint: EnrollmentHint | null): VisavisError {
  if (hint === 'no-face') {
    return new VisavisError('no-face', 'No face was seen in time: look into the camera, in even light, and enroll again.');
  }
  if (hint === 'several-faces') return new VisavisError('several-faces', 'Several faces were in view: enroll again, one person alone.');
  const reasons = (QUALITY_REASONS as readonly string[]).includes(hint ?? '') ? [hint as QualityReason] : [];
  const why = hint ? ` (${hint})` : '';
  return new VisavisError('low-quality', `The enrollment was not finished${why}: look straight into the camera and enroll again.`, {
    reasons,
  });
}
