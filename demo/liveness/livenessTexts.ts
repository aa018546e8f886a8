import type { LivenessPrompt, LivenessReason } from '../../src/index.js';

type Action = LivenessPrompt['action'];

/** What the person reads and hears. The view is a mirror: their left is the picture's left. */
export const PROMPT_TEXTS: Record<Action, string> = {
  'face-camera': 'Look straight into the camera',
  'turn-left': 'Turn your head to your left',
  'turn-right': 'Turn your head to your right',
  'look-up': 'Look up, with your whole head',
  'look-down': 'Look down, with your whole head',
  'come-closer': 'Come closer to the camera',
  blink: 'Close your eyes for a moment, then open them',
  'open-mouth': 'Open your mouth wide',
  'hold-still': 'Hold still: the screen lights your face',
};

/** Why a session was not passed, and what to do about it. */
export const REFUSAL_TEXTS: Record<LivenessReason, string> = {
  timeout: 'The movement that was asked for was not seen in time. Try again, with your whole face in view.',
  'wrong-action': 'Another movement was seen than the one that was asked for. Try again, one movement at a time.',
  'no-face': 'Your face went out of view. Try again, and stay in the picture.',
  'several-faces': 'There was more than one face. Try again, alone.',
  'identity-changed': 'The face did not stay the same from beginning to end. Try again in even light.',
  jump: 'The picture jumped, as a film does that was cut. Try again, and move calmly.',
  interrupted: 'The pictures stopped for a while. Try again, and keep this page in view.',
  frozen: 'The camera sends one and the same picture. Turn it off and on again.',
  flat: 'The face turned as a picture does, without depth. Try again, in even light, and turn further.',
  'no-light':
    'Your face did not answer the light of the screen. Make the screen brighter, keep out of the sun, or log in without colored light.',
  'wrong-light': 'The colors on your face were not those of the screen. Try again, away from other lights that change.',
  'flat-light':
    'Your face answered the light of the screen as a print does, everywhere alike. Try again with a lamp on, and no window behind the screen.',
};

/** What a refusal is called. */
export function refusalTitle(reason: LivenessReason): string {
  return reason === 'no-light' || reason === 'wrong-light' || reason === 'flat-light' ? 'Light not confirmed' : 'Movement not confirmed';
}
