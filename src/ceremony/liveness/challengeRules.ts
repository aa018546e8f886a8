import type { Challenge } from '../../shared/liveness.js';
import { BlinkWatch } from './BlinkWatch.js';
import { LIVENESS_LIMITS as L } from './limits.js';
import type { FaceState } from './readFace.js';

/** How much of an action a frame shows: 0 at rest, 1 when it counts, negative in the opposite direction. Frames come in order. */
export type ReadAction = (now: FaceState, time: number) => number;

/** Everything that a liveness session knows about a challenge. */
export interface ChallengeRule<Name extends string = Challenge> {
  /** The axis the head turns about, which shows that the face has depth; null if it does not turn. */
  readonly axis: 'yaw' | 'pitch' | null;
  /** What it looks like in mirrored frames. */
  readonly mirrored: Name;
  /** Starts reading the action, given what the face looked like at rest. */
  readonly read: (rest: FaceState) => ReadAction;
  /** How many frames in a row must show it. */
  readonly frames: number;
  /** Whether it is slow enough for cameras to see the way to it (see `PathWatch`). */
  readonly hasPath: boolean;
  /** How much of it, unasked, counts as doing another action; Infinity: it never does. */
  readonly unasked: number;
}

/** A rule for every name, including those that it is mirrored to. */
export type ChallengeRules<Name extends string> = Readonly<Record<Name, ChallengeRule<Name>>>;

const HELD = { frames: L.held, hasPath: true, unasked: 1 };

/** To add a challenge, add a row here, its name to `CHALLENGES`, and words and a picture for it to the page. */
export const CHALLENGE_RULES: ChallengeRules<Challenge> = {
  'turn-left': { ...HELD, axis: 'yaw', mirrored: 'turn-right', read: turned('yaw', L.turn) },
  'turn-right': { ...HELD, axis: 'yaw', mirrored: 'turn-left', read: turned('yaw', -L.turn) },
  'look-up': { ...HELD, axis: 'pitch', mirrored: 'look-up', read: turned('pitch', L.pitch) },
  'look-down': { ...HELD, axis: 'pitch', mirrored: 'look-down', read: turned('pitch', -L.pitch) },
  'come-closer': { ...HELD, axis: null, mirrored: 'come-closer', read: (rest) => (now) => (now.size / rest.size - 1) / (L.closer - 1) },
  // A blink takes several frames anyway: open, shut, open again. And people blink unasked.
  blink: { frames: 1, hasPath: false, unasked: Infinity, axis: null, mirrored: 'blink', read: blinked },
  'open-mouth': {
    ...{ frames: L.held, hasPath: false, unasked: L.mouthUnasked / L.mouth },
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
