import { drawChallenges } from '../../ceremony/liveness/drawChallenges.js';
import { CHALLENGE_RULES } from '../../ceremony/liveness/challengeRules.js';
import type { EmbedResult } from '../../shared/captures.js';
import {
  CHALLENGES,
  type Challenge,
  type LivenessLight,
  type LivenessOptions,
  type LivenessPrompt,
  type LivenessReason,
  type LivenessResult,
  type LivenessRunOptions,
} from '../../shared/liveness.js';
import { registerResult } from '../live/livenessResults.js';
import { lookForCeremony } from '../live/lookForCeremony.js';
import { timedFrames, type FrameSource } from '../camera/timedFrames.js';
import type { FakeLooker } from './FakeLooker.js';

const PATIENCE = 8000;
/** Instead of the colors of a real session. */
const COLOR = '#c08080';

/** A liveness session that judges nothing: it asks for every challenge, takes each as done with the next frame, and ends as it was told. */
export class FakeSession {
  readonly challenges: readonly Challenge[];
  readonly #light: LivenessLight | null;

  constructor(
    private readonly looker: FakeLooker,
    { challenges = CHALLENGES, count = Math.min(3, challenges.length), random = Math.random, light }: LivenessOptions,
    private readonly outcome: 'passed' | LivenessReason,
  ) {
    this.#light = light ?? null;
    this.challenges = Object.freeze(drawChallenges(challenges, count, random, CHALLENGE_RULES));
  }

  async run(source: FrameSource, options: LivenessRunOptions = {}): Promise<LivenessResult> {
    try {
      return await this.#watch(source, options);
    } finally {
      this.#light?.show(null);
    }
  }

  async #watch(source: FrameSource, { signal, onPrompt, onProgress }: LivenessRunOptions): Promise<LivenessResult> {
    const startedAt = new Date().toISOString();
    const lit = this.#light ? (['hold-still'] as const) : [];
    const asked = [...this.challenges, ...lit, 'face-camera' as const];
    const captures: EmbedResult[] = [];
    let trouble: LivenessReason | null = null;
    let done = 0;
    let told = -1;
    for await (const frame of timedFrames(source, { signal, patience: () => PATIENCE })) {
      const prompt: LivenessPrompt = { action: asked[done]!, done, total: this.challenges.length, timeLimit: PATIENCE, skip: null };
      if (told !== done) onPrompt?.(prompt);
      if (prompt.action === 'hold-still') this.#light?.show(COLOR);
      told = done;
      const { faces, face, embedding } = await lookForCeremony(this.looker, frame, { signal, embed: 'always' });
      if (!face || !embedding) trouble = faces > 1 ? 'several-faces' : 'no-face';
      else captures.push({ face, embedding });
      onProgress?.({ prompt, progress: 1, remaining: PATIENCE, hint: null, face });
      if (trouble || ++done === asked.length) break;
    }
    const reason = trouble ?? (done < asked.length ? 'interrupted' : this.outcome === 'passed' ? null : this.outcome);
    return this.#conclude(startedAt, captures, reason);
  }

  #conclude(startedAt: string, seen: readonly EmbedResult[], reason: LivenessReason | null): LivenessResult {
    const measures = { frames: seen.length, interval: 100, parallax: null, drift: null, restDrift: null, light: null, times: [] };
    const times = { startedAt, finishedAt: new Date().toISOString() };
    const captures = reason === null ? seen : [];
    const done = Math.min(seen.length, this.challenges.length);
    const failed = reason === null ? {} : { reason };
    const result = { passed: reason === null, ...failed, challenges: this.challenges, done, captures, measures, ...times };
    return registerResult(result, reason === null ? captures.map(({ embedding }) => embedding.slice()) : null);
  }
}
