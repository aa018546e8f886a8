import { rivals, type EnrollmentHint, type FaceReport, type LivenessHint } from '../../src/index.js';

export type Hint = 'ok' | EnrollmentHint | LivenessHint;

export const HINT_TEXTS: Record<Hint, string> = {
  ok: 'Good, hold still',
  'no-face': 'Face the camera',
  'several-faces': 'Only one person, please',
  'too-far': 'Come closer',
  'too-close': 'Move back a little',
  'cut-off': 'Move fully into view',
  'turned-away': 'Look straight into the camera',
  tilted: 'Hold your head upright',
  'too-dark': 'Face a light',
  'low-contrast': 'Face a light',
  'too-bright': 'Too bright. Turn away from the light',
  'side-light': 'Light from one side. Turn toward it',
  blurred: 'Hold still, or wipe the lens',
  covered: 'Show your whole face, without sunglasses, mask or hand',
  'not-a-face': 'This looks like a drawing: show your own face',
  'look-straight': 'Look straight into the camera',
  'turn-further': 'Turn a little more',
  'turn-back': 'Turn back a little',
  'change-distance': 'Come a little closer',
  'hold-still': 'Hold still',
  'too-fast': 'Too fast. Go back, and do it again slowly',
  'slow-frames': 'The video is too slow. Close other programs, or turn on a light',
  'other-person': 'A different person is in view',
};

/** What to improve first. */
export function hintFor(faces: readonly FaceReport[]): Hint {
  const [first, ...others] = rivals(faces);
  if (!first) return 'no-face';
  return others.length > 0 ? 'several-faces' : (first.quality.reasons[0] ?? 'ok');
}
