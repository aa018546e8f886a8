import type { Challenge } from '../../shared/liveness.js';
import { BlinkWatch } from './BlinkWatch.js';
import { LIVENESS_LIMITS as L } from './limits.js';
import type { FaceState } from './readFace.js';

/** How much of an action a frame shows: 0 at rest, 1 where it counts, below 0 in the other direction. Frames come in their order. */
export type ReadAction = (now: FaceState, time: number) => number;

/** All that a liveness session knows of a challenge. */
export interface ChallengeRule<Name extends string = Challenge> {
  /** What the head turns about, which shows that the face has depth; null where it does not turn. */
  readonly axis: 'yaw' | 'pitch' | null;
  /** What it looks like in mirrored frames. */
  readonly mirrored: Name;
  /** Begins to read the action, for a face that looked so at rest. */
  readonly read: (rest: FaceState) => ReadAction;
  /** So many frames, one after the other, must show it. */
  readonly frames: number;
  /** So much of it is another action where it was not asked for; Infinity: it is never taken for one. */
  readonly unasked: number;
}

/** A rule for every name, its own and those it is mirrored to. */
export type ChallengeRules<Name extends string> = Readonly<Record<Name, ChallengeRule<Name>>>;

const HELD = { frames: L.held, unasked: 1 };

/** A challenge is a row here, its name in `CHALLENGES`, and words and a picture for it in the page. */
export const CHALLENGE_RULES: ChallengeRules<Challenge> = {
  'turn-left': { ...HELD, axis: 'yaw', mirrored: 'turn-right', read: turned('yaw', L.turn) },
  'turn-right': { ...HELD, axis: 'yaw', mirrored: 'turn-left', read: turned('yaw', -L.turn) },
  'look-up': { ...HELD, axis: 'pitch', mirrored: 'look-up', read: turned('pitch', L.pitch) },
  'look-down': { ...HELD, axis: 'pitch', mirrored: 'look-down', read: turned('pitch', -L.pitch) },
  'come-closer': { ...HELD, axis: null, mirrored: 'come-closer', read: (rest) => (now) => (now.size / rest.size - 1) / (L.closer - 1) },
  // Seen in several frames by itself: open, shut, open again. People blink unasked.
  blink: { frames: 1, unasked: Infinity, axis: null, mirrored: 'blink', read: blinked },
  'open-mouth': {
    ...{ frames: L.held, unasked: L.mouthUnasked / L.mouth },
    ...{ axis: null, mirrored: 'open-mouth', read: (rest) => (now) => (now.mouth - rest.mouth) / L.mouth },
  },
};

/** @param limit degrees of change that count; its sign is the direction */
function turned(axis: 'yaw' | 'pitch', limit: number): (rest: FaceState) => ReadAction {
  return (rest) => (now) => (now[axis] - rest[axis]) / limit;
}

function blinked(rest: FaceState): ReadAction {
  const watch = new BlinkWatch(rest);
  return (now, time) => watch.observe(now, time);
}
