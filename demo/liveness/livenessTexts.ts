import type { LivenessPrompt, LivenessReason } from '../../src/index.js';

type Action = LivenessPrompt['action'];

/** What the person reads and hears. The video is mirrored, so their left is the picture's left. */
export const PROMPT_TEXTS: Record<Action, string> = {
  'face-camera': 'Look straight into the camera',
  'turn-left': 'Turn your head to your left',
  'turn-right': 'Turn your head to your right',
  'look-up': 'Tilt your head up',
  'look-down': 'Tilt your head down',
  'come-closer': 'Come closer to the camera',
  blink: 'Close your eyes for a moment, then open them',
  'open-mouth': 'Open your mouth wide',
  'hold-still': 'Hold still while the screen lights your face',
};

/** Why a session wasn't passed, and what to do about it. */
export const REFUSAL_TEXTS: Record<LivenessReason, string> = {
  timeout: 'You ran out of time for the movement. Try again, with your whole face in view.',
  'wrong-action': 'That was a different movement than the one asked for. Try again, one movement at a time.',
  'no-face': 'Your face went out of view. Try again, and stay in view.',
  'several-faces': 'There was more than one face in view. Try again, alone.',
  'identity-changed': 'The face didn’t stay the same from start to finish. Try again in even light.',
  jump: 'The video skipped. Try again, and move calmly.',
  interrupted: 'The video stopped for a while. Try again, and keep this page visible.',
  'slow-frames': 'The video was too slow to follow you. Close other programs, or turn on a light, and try again.',
  frozen: 'The camera keeps sending the same picture. Turn it off and on again.',
  flat: 'The face turned like a flat picture, without depth. Try again in even light, and turn a little more.',
  'no-light':
    'The screen’s light didn’t show on your face. Make the screen brighter, move out of the sun, or log in without colored light.',
  'wrong-light': 'The colors on your face didn’t match the screen’s. Try again, away from other changing lights.',
  'flat-light':
    'Your face reflected the screen’s light evenly, like a flat print. Try again with a lamp on, and no window behind the screen.',
};

/** The title of a refusal. */
export function refusalTitle(reason: LivenessReason): string {
  return reason === 'no-light' || reason === 'wrong-light' || reason === 'flat-light' ? 'Light not confirmed' : 'Movement not confirmed';
}
