import { CHALLENGE_RULES } from '../../ceremony/liveness/challengeRules.js';
import { drawChallenges, turnsAmong } from '../../ceremony/liveness/drawChallenges.js';
import { drawColors } from '../../ceremony/liveness/lightColors.js';
import { assertOptions } from '../../shared/assertOptions.js';
import { describe } from '../../shared/describe.js';
import { FACTORY } from '../../shared/factoryOnly.js';
import { OPTION_NAMES } from '../../shared/optionNames.js';
import { CHALLENGES, type Challenge, type LivenessOptions } from '../../shared/liveness.js';
import { assertTimeLimit } from './assertTimeLimit.js';
import { LivenessSession } from './LivenessSession.js';
import type { Looker } from './Looker.js';

/** Long enough to read a prompt and act on it, milliseconds. */
const TIME_LIMIT = 8000;
/** Shortest time limit with light, milliseconds: a color is held for a second, and longer where frames come slowly. */
const LIT_TIME_LIMIT = 3000;
const COUNT = 3;

/** Draws the challenges of a session for anything that looks; see `createLivenessSession`. */
export function drawSession(looker: Looker, options: LivenessOptions): LivenessSession {
  assertOptions(options, OPTION_NAMES.liveness, 'createLivenessSession');
  const { timeLimit = TIME_LIMIT, mirrored = false, random = cryptoRandom, light } = options;
  const challenges = differentChallenges(options.challenges ?? CHALLENGES);
  const { count = Math.min(COUNT, challenges.length) } = options;
  if (!(Number.isInteger(count) && count >= 1 && count <= challenges.length)) {
    throw new RangeError(`expected a count of challenges from 1 to ${challenges.length}, got ${describe(count)}`);
  }
  assertTimeLimit(timeLimit);
  assertLight(light, timeLimit);
  const drawn = Object.freeze(drawChallenges(challenges, count, random, CHALLENGE_RULES));
  const colors = Object.freeze(light ? drawColors(random) : []);
  return new LivenessSession(FACTORY, looker, drawn, { timeLimit, mirrored, colors, show: (color) => light?.show(color) });
}

/** Each challenge once. Throws for anything that is no challenge, and where no turn is among them. */
function differentChallenges(challenges: unknown): Challenge[] {
  if (!Array.isArray(challenges)) throw new TypeError(`expected challenges to be an array, got ${describe(challenges)}`);
  const different = [...new Set(challenges as readonly Challenge[])];
  const unknown = different.find((challenge) => !CHALLENGES.includes(challenge));
  if (unknown !== undefined) throw new RangeError(`expected challenges out of ${CHALLENGES.join(', ')}, got ${describe(unknown)}`);
  if (turnsAmong(different, CHALLENGE_RULES).length === 0) {
    const turns = turnsAmong(CHALLENGES, CHALLENGE_RULES).join(', ');
    throw new RangeError(`expected at least one of ${turns} among the challenges: they show that a face has depth`);
  }
  return different;
}

function assertLight(light: LivenessOptions['light'], timeLimit: number): void {
  if (light === undefined) return;
  if (typeof light?.show !== 'function') throw new TypeError(`expected light to have a function show, got ${describe(light)}`);
  if (timeLimit < LIT_TIME_LIMIT)
    throw new RangeError(`expected a time limit of at least ${LIT_TIME_LIMIT} ms with light, got ${timeLimit}`);
}

function cryptoRandom(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}
