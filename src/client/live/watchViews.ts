import { EnrollmentGuide } from '../../ceremony/EnrollmentGuide.js';
import { outlierLimit } from '../../matching/outlierLimit.js';
import { throwIfAborted } from '../../shared/abortable.js';
import type { EmbedResult } from '../../shared/captures.js';
import type { EnrollLiveOptions, EnrollmentHint } from '../../shared/enrollment.js';
import { QUALITY_REASONS, type QualityReason } from '../../shared/FaceReport.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { assertTimeLimit } from './assertTimeLimit.js';
import { lookForCeremony } from './lookForCeremony.js';
import type { Looker } from './Looker.js';
import { runCeremony } from './runCeremony.js';
import { assertFrameSource, type FrameSource } from '../camera/timedFrames.js';

/** Long enough to read a prompt and act on it, milliseconds. */
const TIME_LIMIT = 8000;

/** Throws for what no guided call can work with, before the camera is looked at. */
export function assertViews(source: FrameSource, { timeLimit = TIME_LIMIT }: Pick<EnrollLiveOptions, 'timeLimit'>): void {
  assertFrameSource(source);
  assertTimeLimit(timeLimit);
}

export interface WatchViewsOptions extends Omit<EnrollLiveOptions, 'liveness'> {
  /** Called for each capture that was taken, while its frame is the last one that the looker looked at. */
  onTaken?: (capture: EmbedResult) => Promise<void>;
}

/**
 * Asks for the views of a guided enrollment; `assertViews` comes first. Throws `no-face`, `several-faces` or `low-quality` where the front view is not seen in time.
 * @param conclude gets the captures of all views that were seen; they are overwritten when it is done, however it ends
 */
export async function watchViews<T>(
  looker: Looker,
  source: FrameSource,
  { signal, timeLimit = TIME_LIMIT, mirrored = false, onPrompt, onProgress, onCapture, onDecide, onTaken }: WatchViewsOptions,
  conclude: (captures: readonly EmbedResult[]) => Promise<T>,
): Promise<T> {
  const guide = new EnrollmentGuide({ timeLimit, mirrored }, outlierLimit(looker.info.operatingPoints));
  const embeddings = () => guide.captures.map(({ embedding }) => embedding);
  try {
    let told = 0;
    await runCeremony({
      ...{ judge: guide, source, signal, onPrompt, onProgress, kept: embeddings },
      look: (frame) => lookForCeremony(looker, frame, { signal, embed: 'good' }),
      async onSeen() {
        for (const taken of guide.captures.slice(told)) {
          const index = told++;
          onCapture?.({ index, accepted: true, face: taken.face });
          await onTaken?.(taken);
        }
      },
    });
    if (guide.outcome !== 'done') throw unfinished(guide.progress?.hint ?? null);
    onDecide?.();
    throwIfAborted(signal);
    return await conclude(guide.captures);
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
