import type { CeremonyFrame } from '../ceremony/CeremonyFrame.js';
import type { CeremonyJudge } from '../ceremony/CeremonyJudge.js';
import type { CeremonyListeners } from '../shared/ceremony.js';
import { timedFrames, type FrameSource, type TimedSource } from './timedFrames.js';

/** No wait for a frame is cut shorter, milliseconds: a prompt's last moment still lets the frame in that is on its way. */
const LEAST_PATIENCE = 1000;

export interface Ceremony<Action extends string, Hint extends string> extends CeremonyListeners<Action, Hint> {
  judge: CeremonyJudge<Action, Hint>;
  source: FrameSource;
  /** Looks at a frame. */
  look: (frame: TimedSource) => Promise<CeremonyFrame>;
  /** What else is done with a frame once the judge has seen it; before `onProgress`. */
  onSeen?: (seen: CeremonyFrame, frame: TimedSource) => void | Promise<void>;
  /** What is done after a frame that did not decide, once the page knows the prompt. */
  afterFrame?: () => void;
  /** Of the embeddings that were made, those to keep; all others are overwritten when the ceremony ends, however it does. */
  kept: () => Iterable<Float32Array>;
}

/**
 * The loop of every ceremony: takes a frame, looks at it, lets the judge decide, tells the page. Returns when it is decided, or the frames have
 * ended. Throws `aborted` when the signal fires, `camera-lost` when no frame comes for as long as the prompt has left, and what the source,
 * `look` and the listeners throw.
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
  const patience = () => Math.max(LEAST_PATIENCE, judge.progress?.remaining ?? judge.prompt.timeLimit);
  let { prompt } = judge;
  try {
    onPrompt?.(prompt);
    for await (const frame of timedFrames(source, { signal, patience })) {
      const seen = await look(frame);
      if (seen.embedding) made.push(seen.embedding);
      judge.observe(seen);
      await onSeen?.(seen, frame);
      if (judge.progress) onProgress?.(judge.progress);
      if (judge.over) return;
      if (judge.prompt.action !== prompt.action) {
        ({ prompt } = judge);
        onPrompt?.(prompt);
      }
      afterFrame?.();
    }
  } finally {
    const keep = new Set(kept());
    for (const embedding of made) if (!keep.has(embedding)) embedding.fill(0);
  }
}
