import { expect, it, vi } from 'vitest';
import type * as Normalizing from '../../matching/normalizeL2.js';
import type { Challenge } from '../../shared/liveness.js';
import { CHALLENGE_RULES } from './challengeRules.js';
import { syntheticFace } from './fixtures/syntheticFace.js';
import { LivenessJudge } from './LivenessJudge.js';

/** Everything that was made of embeddings. */
const made = vi.hoisted((): Float32Array[] => []);
vi.mock('../../matching/normalizeL2.js', async (original) => {
  const { normalizeL2 } = await original<typeof Normalizing>();
  return {
    normalizeL2: (values: ArrayLike<number>) => {
      const scaled = normalizeL2(values);
      made.push(scaled);
      return scaled;
    },
  };
});

it.each([
  ['passed, but for the rests', 0.45, 2],
  ['failed at the last rest', 0.02, 0],
] as const)('a session that was %s leaves nothing of the face behind', (_, nose, kept) => {
  made.length = 0;
  const judge = new LivenessJudge<Challenge>(['turn-left'], { timeLimit: 8000, mirrored: false, colors: [] }, CHALLENGE_RULES);
  let yaw = 0;
  for (let time = 0; !judge.over && time < 60_000; time += 100) {
    const goal = judge.prompt.action === 'turn-left' ? 26 : 0;
    yaw += Math.max(-6, Math.min(6, goal - yaw));
    const face = syntheticFace({ yaw, nose, noise: time + 1 });
    judge.observe({ time, faces: 1, face, embedding: Float32Array.of(1, 0, 0, 0) });
  }
  expect(judge.outcome).toEqual(kept > 0 ? { passed: true } : { passed: false, reason: 'flat' });
  judge.forget();
  expect(made.length).toBeGreaterThan(2);
  const left = made.filter((values) => values.some((value) => value !== 0));
  expect(left).toEqual(judge.rests.slice(0, kept).map(({ embedding }) => embedding));
});
