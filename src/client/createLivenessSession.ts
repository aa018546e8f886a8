import { drawChallenges } from '../ceremony/liveness/drawChallenges.js';
import { drawColors } from '../ceremony/liveness/lightColors.js';
import { describe } from '../shared/describe.js';
import { CHALLENGES, TURNS, type Challenge, type LivenessOptions } from '../shared/liveness.js';
import { FaceVerifier } from './FaceVerifier.js';
import { LivenessSession } from './LivenessSession.js';

/** Long enough to read a prompt and act, short enough to end. */
const TIME_LIMIT = 8000;
/** A color of the screen is held for a second, and longer where frames come slowly. */
const LIT_TIME_LIMIT = 3000;
const COUNT = 3;

/**
 * Draws challenges for one liveness session: actions that a person does before the camera and a picture, or a recording made before, does not.
 * What that proves, and what it does not, is in docs/liveness.md.
 *
 * Throws a TypeError or RangeError for wrong options.
 */
export function createLivenessSession(verifier: FaceVerifier, options: LivenessOptions = {}): LivenessSession {
  if (!(verifier instanceof FaceVerifier)) throw new TypeError(`expected a face verifier, got ${describe(verifier)}`);
  const { challenges = CHALLENGES, timeLimit = TIME_LIMIT, mirrored = false, random = cryptoRandom, light } = options;
  if (!Array.isArray(challenges)) throw new TypeError(`expected challenges to be an array, got ${describe(challenges)}`);
  const different = [...new Set(challenges as readonly Challenge[])];
  const unknown = different.find((challenge) => !CHALLENGES.includes(challenge));
  if (unknown !== undefined) throw new RangeError(`expected challenges out of ${CHALLENGES.join(', ')}, got ${describe(unknown)}`);
  if (!different.some((challenge) => TURNS.includes(challenge))) {
    throw new RangeError(`expected at least one of ${TURNS.join(', ')} among the challenges, which show that a face has depth`);
  }
  const { count = Math.min(COUNT, different.length) } = options;
  if (!(Number.isInteger(count) && count >= 1 && count <= different.length)) {
    throw new RangeError(`expected a count of challenges from 1 to ${different.length}, got ${describe(count)}`);
  }
  if (!(timeLimit >= 1000 && timeLimit <= 60_000))
    throw new RangeError(`expected a time limit of 1000 to 60000 ms, got ${describe(timeLimit)}`);
  if (light !== undefined && typeof light?.show !== 'function')
    throw new TypeError(`expected light to have a function show, got ${describe(light)}`);
  if (light && timeLimit < LIT_TIME_LIMIT)
    throw new RangeError(`expected a time limit of at least ${LIT_TIME_LIMIT} ms with light, got ${timeLimit}`);
  const drawn = Object.freeze(drawChallenges(different, count, random));
  const colors = Object.freeze(light ? drawColors(random) : []);
  return new LivenessSession(verifier, drawn, { timeLimit, mirrored, colors, show: (color) => light?.show(color) });
}

function cryptoRandom(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}
