import type { EnrollmentView, FaceVerifier, Template } from '../../src/index.js';
import type { PromptBox } from '../prompt/PromptBox.js';
import type { FrameLoop, Sighting } from './FrameLoop.js';

/** Captures of a complete guided enrollment; fewer if views are skipped or not seen. */
export const CAPTURES = 6;
/** Milliseconds for each view. Slow devices see only a few frames a second. */
const TIME_LIMIT = 15_000;

/** What the person reads and hears. The video is mirrored, so their left is the picture's left. */
const VIEWS: Record<EnrollmentView, { readonly icon: string; readonly text: string }> = {
  front: { icon: 'face-camera', text: 'Look straight into the camera' },
  'slightly-left': { icon: 'turn-left', text: 'Turn your head a little to your left' },
  'slightly-right': { icon: 'turn-right', text: 'Turn your head a little to your right' },
  'other-distance': { icon: 'come-closer', text: 'Look straight ahead, and come a little closer' },
};

/** Enrolls on the frames of the page's loop, with its prompts on the mirror. */
export async function enrollGuided({
  verifier,
  loop,
  box,
  signal,
  onCount,
}: {
  verifier: FaceVerifier;
  loop: FrameLoop;
  box: PromptBox;
  signal: AbortSignal;
  onCount: (count: number) => void;
}): Promise<Template> {
  let sighting: Sighting = { faces: [], hint: 'no-face' };
  async function* frames(): AsyncGenerator<HTMLVideoElement> {
    for (;;) yield await loop.look((video) => Promise.resolve({ sighting, value: video }), signal);
  }
  let taken = 0;
  try {
    return await verifier.enrollLive(frames(), {
      signal,
      timeLimit: TIME_LIMIT,
      onPrompt({ action, done, total, skip }) {
        box.show({ ...VIEWS[action], count: `${done} of ${total} pictures`, skip });
      },
      onCapture() {
        onCount(++taken);
        box.count(`${taken} of ${CAPTURES} pictures`);
      },
      onProgress({ prompt, progress, remaining, hint, face }) {
        box.fill(progress, remaining / prompt.timeLimit);
        sighting = { faces: face ? [face] : [], hint: hint ?? 'ok' };
      },
    });
  } finally {
    box.clear();
  }
}
