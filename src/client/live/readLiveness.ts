import { CHALLENGE_RULES } from '../../ceremony/liveness/challengeRules.js';
import { turnsAmong } from '../../ceremony/liveness/drawChallenges.js';
import { assertOptions } from '../../shared/assertOptions.js';
import { describe } from '../../shared/describe.js';
import { CHALLENGES, type Challenge, type LivenessOptions } from '../../shared/liveness.js';
import { OPTION_NAMES } from '../../shared/optionNames.js';
import { assertTimeLimit } from './assertTimeLimit.js';

/** Long enough to read a prompt and act on it, milliseconds. */
const TIME_LIMIT = 8000;
/** Shortest time limit with light, milliseconds: a color is held for a second, and longer where frames come slowly. */
const LIT_TIME_LIMIT = 3000;
const COUNT = 3;

/** What a session is drawn by. */
export interface LivenessRules {
  /** Each once. */
  readonly challenges: readonly Challenge[];
  readonly count: number;
  readonly timeLimit: number;
}

/** The options of a session, with what is left out. Throws a TypeError or RangeError for wrong ones, and draws nothing. */
export function readLiveness(options: LivenessOptions): LivenessRules {
  assertOptions(options, OPTION_NAMES.liveness, 'createLivenessSession');
  const { timeLimit = TIME_LIMIT, light } = options;
  const challenges = differentChallenges(options.challenges ?? CHALLENGES);
  const { count = Math.min(COUNT, challenges.length) } = options;
  if (!(Number.isInteger(count) && count >= 1 && count <= challenges.length)) {
    throw new RangeError(`expected a count of challenges from 1 to ${challenges.length}, got ${describe(count)}`);
  }
  assertTimeLimit(timeLimit);
  assertLight(light, timeLimit);
  return { challenges, count, timeLimit };
}

/** For the calls that take a session's options, or true, or false: throws for anything else, before the camera is looked at. */
export function assertLiveness(liveness: unknown): asserts liveness is boolean | LivenessOptions | undefined {
  if (liveness === undefined || typeof liveness === 'boolean') return;
  if (typeof liveness !== 'object' || liveness === null) {
    throw new TypeError(`expected liveness to be true, false or the options of a session, got ${describe(liveness)}`);
  }
  readLiveness(liveness);
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
