import { describe, expect, it } from 'vitest';
import { CHALLENGES } from '../../shared/liveness.js';
import { CHALLENGE_RULES, type ChallengeRules } from './challengeRules.js';
import { drawChallenges } from './drawChallenges.js';
import { syntheticFace, type SyntheticPose } from './fixtures/syntheticFace.js';
import { LivenessJudge } from './LivenessJudge.js';

describe('the table of challenges', () => {
  it('has a row for every challenge, and mirrors each into one whose mirror it is', () => {
    expect(Object.keys(CHALLENGE_RULES)).toEqual([...CHALLENGES]);
    for (const challenge of CHALLENGES) expect(CHALLENGE_RULES[CHALLENGE_RULES[challenge].mirrored].mirrored).toBe(challenge);
  });

  it('takes another challenge as one row: drawn, prompted, passed by who does it and by nobody else', () => {
    const rules: ChallengeRules<string> = {
      ...CHALLENGE_RULES,
      'turn-far-left': {
        ...{ axis: 'yaw', mirrored: 'turn-far-left', frames: 2, hasPath: true, unasked: 1 },
        read: (rest) => (now) => (now.yaw - rest.yaw) / 32,
      },
    };
    const drawn = drawChallenges(['blink', 'open-mouth', 'turn-far-left'], 2, () => 0, rules);
    expect(drawn).toEqual(['turn-far-left', 'blink']);
    const asked = ['turn-far-left', 'open-mouth'];
    const poses: Record<string, SyntheticPose> = { 'turn-far-left': { yaw: 36 }, 'open-mouth': { mouth: 0.5 } };
    const prompts = ['face-camera', 'turn-far-left', 'face-camera', 'open-mouth', 'face-camera'];
    expect(play(asked, poses, rules)).toEqual({ prompts, outcome: { passed: true } });
    const timid = { ...poses, 'turn-far-left': { yaw: 26 } };
    expect(play(asked, timid, rules).outcome).toEqual({ passed: false, reason: 'timeout' });
    const contrary = { ...poses, 'turn-far-left': { yaw: -36 } };
    expect(play(asked, contrary, rules).outcome).toEqual({ passed: false, reason: 'wrong-action' });
  });
});

/** Ten frames a second of someone who takes half a second for `poses` of what is asked. */
function play(challenges: readonly string[], poses: Record<string, SyntheticPose>, rules: ChallengeRules<string>) {
  const judge = new LivenessJudge(challenges, { timeLimit: 8000, mirrored: false, colors: [] }, rules);
  const prompts: string[] = [];
  let since = 0;
  let [from, to]: SyntheticPose[] = [{}, {}];
  for (let time = 0; !judge.over && time < 60_000; time += 100) {
    const { action } = judge.prompt;
    if (action !== prompts.at(-1)) {
      prompts.push(action);
      [from, to, since] = [to, poses[action] ?? {}, time];
    }
    const share = Math.min(1, (time - since) / 500);
    const part = (key: 'yaw' | 'mouth') => (1 - share) * (from[key] ?? 0) + share * (to[key] ?? 0);
    const face = syntheticFace({ yaw: part('yaw'), mouth: part('mouth'), noise: time + 1 });
    judge.observe({ time, faces: 1, face, embedding: Float32Array.of(1, 0, 0, 0) });
  }
  return { prompts, outcome: judge.outcome };
}
