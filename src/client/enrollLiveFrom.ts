import { EnrollmentGuide } from '../ceremony/EnrollmentGuide.js';
import { describe } from '../shared/describe.js';
import type { EnrolLiveOptions, EnrollmentHint } from '../shared/enrollment.js';
import { QUALITY_REASONS, type QualityReason } from '../shared/FaceReport.js';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import { capture, type Trouble } from './capture.js';
import { enrollFrom } from './enrollFrom.js';
import type { FaceVerifier } from './FaceVerifier.js';
import { outlierLimit } from '../matching/outlierLimit.js';
import { assertLivenessSource, timedFrames, type LivenessSource } from './timedFrames.js';

/** Long enough to read a prompt and follow it. */
const TIME_LIMIT = 8000;

/** Asks for several views of one person and makes their template; see `FaceVerifier.enrolLive`. */
export async function enrolLiveFrom(verifier: FaceVerifier, source: LivenessSource, options: EnrolLiveOptions): Promise<Template> {
  const { signal, timeLimit = TIME_LIMIT, mirrored = false, onPrompt, onProgress, onCapture } = options;
  assertLivenessSource(source);
  if (!(timeLimit >= 1000 && timeLimit <= 60_000)) {
    throw new RangeError(`expected a time limit of 1000 to 60000 ms, got ${describe(timeLimit)}`);
  }
  const guide = new EnrollmentGuide({ timeLimit, mirrored }, outlierLimit(verifier.info.operatingPoints));
  try {
    let { prompt } = guide;
    onPrompt?.(prompt);
    for await (const { source: frame, time } of timedFrames(source, signal)) {
      const { face, embedding, trouble } = await capture(verifier, frame, { signal, track: true, gate: true });
      const taken = guide.observe({ time, face, embedding, trouble: trouble && hintOf(trouble) });
      if (taken) onCapture?.({ index: guide.captures.length - 1, accepted: true, face: taken.face });
      else embedding?.fill(0);
      onProgress?.(guide.progress!);
      if (guide.outcome) break;
      if (guide.prompt.view !== prompt.view) {
        ({ prompt } = guide);
        onPrompt?.(prompt);
      }
    }
    if (guide.outcome !== 'done') throw unfinished(guide.progress?.hint ?? null);
    return await enrollFrom(verifier, guide.captures, { signal });
  } finally {
    for (const { embedding } of guide.captures) embedding.fill(0);
  }
}

function hintOf({ code, reasons }: Trouble): EnrollmentHint {
  return code === 'low-quality' ? reasons[0]! : code;
}

function unfinished(hint: EnrollmentHint | null): VisavisError {
  if (hint === 'no-face')
    return new VisavisError('no-face', 'No face was seen in time: look into the camera, in even light, and enroll again.');
  if (hint === 'several-faces') return new VisavisError('several-faces', 'Several faces were in view: enroll again, one person alone.');
  const reasons = (QUALITY_REASONS as readonly string[]).includes(hint ?? '') ? [hint as QualityReason] : [];
  return new VisavisError(
    'low-quality',
    `The enrollment was not finished${hint ? ` (${hint})` : ''}: look straight into the camera and enroll again.`,
    {
      reasons,
    },
  );
}
