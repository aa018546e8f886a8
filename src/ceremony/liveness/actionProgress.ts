import { CHALLENGES, type Challenge } from '../../shared/liveness.js';
import { LIVENESS_LIMITS as L } from './limits.js';
import type { FaceState } from './readFace.js';

/** A challenge that is seen in single frames; a blink needs several. */
export type Held = Exclude<Challenge, 'blink'>;
export const HELD = CHALLENGES.filter((challenge): challenge is Held => challenge !== 'blink');

/** How much of an action is seen: 0 at rest, 1 where it counts, below 0 in the other direction. */
export function actionProgress(action: Held, now: FaceState, rest: FaceState): number {
  switch (action) {
    case 'turn-left':
      return (now.yaw - rest.yaw) / L.turn;
    case 'turn-right':
      return (rest.yaw - now.yaw) / L.turn;
    case 'look-up':
      return (now.pitch - rest.pitch) / L.pitch;
    case 'look-down':
      return (rest.pitch - now.pitch) / L.pitch;
    case 'come-closer':
      return (now.size / rest.size - 1) / (L.closer - 1);
    case 'open-mouth':
      return (now.mouth - rest.mouth) / L.mouth;
  }
}
