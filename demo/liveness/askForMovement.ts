import { createLivenessSession, type FaceVerifier, type LivenessResult } from '../../src/index.js';
import type { FrameLoop, Sighting } from '../login/FrameLoop.js';
import type { LivenessStage } from './LivenessStage.js';

/** Runs one liveness session on the frames of the page's loop, with its prompts on the mirror. */
export async function askForMovement(
  { verifier, loop, signal }: { verifier: FaceVerifier; loop: FrameLoop; signal: AbortSignal },
  stage: LivenessStage,
): Promise<LivenessResult> {
  let sighting: Sighting = { faces: [], hint: 'no-face' };
  async function* frames(): AsyncGenerator<HTMLVideoElement> {
    for (;;) yield await loop.look((video) => Promise.resolve({ sighting, value: video }), signal);
  }
  try {
    return await createLivenessSession(verifier, { light: stage.light }).run(frames(), {
      signal,
      onPrompt: stage.prompt,
      onProgress(progress) {
        stage.progress(progress);
        sighting = { faces: progress.face ? [progress.face] : [], hint: progress.hint ?? 'ok' };
      },
    });
  } finally {
    stage.clear();
  }
}
