import type { CeremonyFrame } from '../../ceremony/CeremonyFrame.js';
import type { CeremonyJudge } from '../../ceremony/CeremonyJudge.js';
import { throwIfAborted } from '../../shared/abortable.js';
import type { CeremonyListeners } from '../../shared/ceremony.js';
import { timedFrames, type FrameSource, type TimedFrame } from '../camera/timedFrames.js';

/** The shortest wait for a frame, milliseconds: at the end of a prompt's time, a frame that is on its way still gets in. */
const LEAST_PATIENCE = 3000;

export interface Ceremony<Action extends string, Hint extends string> extends CeremonyListeners<Action, Hint> {
  judge: CeremonyJudge<Action, Hint>;
  source: FrameSource;
  /** Looks at a frame. */
  look: (frame: TimedFrame) => Promise<CeremonyFrame>;
  /** What else to do with a frame once the judge has seen it; before `onProgress`. */
  onSeen?: (seen: CeremonyFrame, frame: TimedFrame) => void | Promise<void>;
  /** Called after a frame that did not end the ceremony, once the page knows the prompt. */
  afterFrame?: () => void;
  /** The embeddings to keep; all others that were made are overwritten when the ceremony ends, and every one where it throws. */
  kept: () => Iterable<Float32Array>;
}

/**
 * The loop of every ceremony: takes a frame, looks at it, lets the judge decide, and tells the page. Returns once it is decided, or when
 * the frames come to an end by themselves. Throws `aborted` when the signal fires or the camera is stopped, `camera-lost` when the camera
 * is lost or no frame comes for as long as the prompt has left, and whatever the source, `look` and the listeners throw. A page in the
 * background gets no frames; its waiting does not count, but the prompt's time, which is read from the frames, goes on.
 */
export async function runCeremony<Action extends string, Hint extends string>({
  judge,
  source,
  look,
  signal,
  onSeen,
  onPrompt,
  onProgress,
  afterFrame,
  kept,
}: Ceremony<Action, Hint>): Promise<void> {
  const made: Float32Array[] = [];
  const patience = () => {
    const { prompt, progress } = judge;
    // After the frame that ended a prompt, `progress` still tells what that one had left.
    const left = progress?.prompt.action === prompt.action ? progress.remaining : prompt.timeLimit;
    return Math.max(LEAST_PATIENCE, left);
  };
  let { prompt } = judge;
  let ended = false;
  try {
    onPrompt?.(prompt);
    for await (const frame of timedFrames(source, { signal, patience })) {
      const seen = await look(frame);
      if (seen.embedding) made.push(seen.embedding);
      judge.observe(seen);
      await onSeen?.(seen, frame);
      if (judge.progress) onProgress?.(judge.progress);
      throwIfAborted(signal); // a listener may have done it, and no other frame is waited for
      if (judge.over) break;
      if (judge.prompt.action !== prompt.action) {
        ({ prompt } = judge);
        onPrompt?.(prompt);
      }
      afterFrame?.();
    }
    ended = true;
  } finally {
    const keep = new Set(ended ? kept() : []);
    for (const embedding of made) if (!keep.has(embedding)) embedding.fill(0);
  }
}
