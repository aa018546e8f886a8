import { CHALLENGE_RULES } from '../../ceremony/liveness/challengeRules.js';
import { drawChallenges } from '../../ceremony/liveness/drawChallenges.js';
import { drawColors } from '../../ceremony/liveness/lightColors.js';
import { FACTORY } from '../../shared/factoryOnly.js';
import type { LivenessOptions } from '../../shared/liveness.js';
import { LivenessSession } from './LivenessSession.js';
import type { Looker } from './Looker.js';
import { readLiveness } from './readLiveness.js';

/** Draws the challenges of a session for anything that looks; see `createLivenessSession`. */
export function drawSession(looker: Looker, options: LivenessOptions): LivenessSession {
  const { challenges, count, timeLimit } = readLiveness(options);
  const { mirrored = false, random = cryptoRandom, light } = options;
  const drawn = Object.freeze(drawChallenges(challenges, count, random, CHALLENGE_RULES));
  const colors = Object.freeze(light ? drawColors(random) : []);
  return new LivenessSession(FACTORY, looker, drawn, { timeLimit, mirrored, colors, show: (color) => light?.show(color) });
}

function cryptoRandom(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}
