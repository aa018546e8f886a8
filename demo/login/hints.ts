import { rivals, type EnrollmentHint, type FaceReport } from '../../src/index.js';

export type Hint = 'ok' | EnrollmentHint;

export const HINT_TEXTS: Record<Hint, string> = {
  ok: 'Good. Hold still',
  'no-face': 'Step in front of the camera',
  'several-faces': 'One person, please',
  'too-far': 'Come closer',
  'too-close': 'Move back a little',
  'cut-off': 'Move into the picture',
  'turned-away': 'Look straight into the camera',
  tilted: 'Hold your head upright',
  'too-dark': 'More light from the front',
  'low-contrast': 'More light from the front',
  'too-bright': 'Too bright: turn away from the light',
  'side-light': 'Light from one side: turn toward it',
  blurred: 'Hold still, or wipe the lens',
  covered: 'Show your whole face: no sunglasses, mask or hand',
  'not-a-face': 'This looks like a drawing: show your own face',
  'look-straight': 'Look straight into the camera',
  'turn-further': 'A little further',
  'turn-back': 'Not so far',
  'change-distance': 'A little closer, or further away',
  'hold-still': 'Hold still',
  'other-person': 'That is someone else: one person, please',
};

/** What to improve first. */
export function hintFor(faces: readonly FaceReport[]): Hint {
  const [first, ...others] = rivals(faces);
  if (!first) return 'no-face';
  return others.length > 0 ? 'several-faces' : (first.quality.reasons[0] ?? 'ok');
}
