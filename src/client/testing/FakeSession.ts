import { drawChallenges } from '../../ceremony/liveness/drawChallenges.js';
import { CHALLENGE_RULES } from '../../ceremony/liveness/challengeRules.js';
import { assertOptions } from '../../shared/assertOptions.js';
import type { EmbedResult } from '../../shared/captures.js';
import type {
  Challenge,
  LivenessLight,
  LivenessOptions,
  LivenessPrompt,
  LivenessReason,
  LivenessResult,
  LivenessRunOptions,
} from '../../shared/liveness.js';
import { OPTION_NAMES } from '../../shared/optionNames.js';
import { registerResult } from '../live/livenessResults.js';
import { lookForCeremony } from '../live/lookForCeremony.js';
import { readLiveness } from '../live/readLiveness.js';
import { assertFrameSource, timedFrames, type FrameSource } from '../camera/timedFrames.js';
import type { FakeLooker } from './FakeLooker.js';

/** Instead of the colors of a real session. */
const COLOR = '#c08080';

/** A liveness session that judges nothing: it asks for every challenge, takes each as done with the next good frame, and ends as it was told. */
export class FakeSession {
  readonly challenges: readonly Challenge[];
  readonly #timeLimit: number;
  readonly #light: LivenessLight | null;
  #used = false;

  constructor(
    private readonly looker: FakeLooker,
    options: LivenessOptions,
    private readonly outcome: 'passed' | LivenessReason,
  ) {
    const { challenges, count, timeLimit } = readLiveness(options);
    const { random = Math.random, light } = options;
    this.#light = light ?? null;
    this.#timeLimit = timeLimit;
    this.challenges = Object.freeze(drawChallenges(challenges, count, random, CHALLENGE_RULES));
  }

  async run(source: FrameSource, options: LivenessRunOptions = {}): Promise<LivenessResult> {
    assertOptions(options, OPTION_NAMES.ceremony, 'run');
    assertFrameSource(source);
    if (this.#used) throw new TypeError('expected a new liveness session, got one that has run: every session draws its own challenges');
    this.#used = true;
    try {
      return await this.#watch(source, options);
    } finally {
      this.looker.asked = null;
      this.#light?.show(null);
    }
  }

  async #watch(source: FrameSource, { signal, onPrompt, onProgress }: LivenessRunOptions): Promise<LivenessResult> {
    const startedAt = new Date().toISOString();
    const timeLimit = this.#timeLimit;
    const lit = this.#light ? (['hold-still'] as const) : [];
    const asked = [...this.challenges, ...lit, 'face-camera' as const];
    const captures: EmbedResult[] = [];
    let trouble: LivenessReason | null = null;
    let done = 0;
    let [told, since] = [-1, 0];
    for await (const frame of timedFrames(source, { signal, patience: () => timeLimit })) {
      const prompt: LivenessPrompt = { action: asked[done]!, done, total: this.challenges.length, timeLimit, skip: null };
      if (told !== done) {
        [told, since] = [done, frame.time];
        this.looker.asked = prompt.action;
        onPrompt?.(prompt);
      }
      if (prompt.action === 'hold-still') this.#light?.show(COLOR);
      const { faces, face, embedding } = await lookForCeremony(this.looker, frame, { signal, embed: 'always' });
      const remaining = Math.max(0, since + timeLimit - frame.time);
      const missing = faces > 1 ? 'several-faces' : 'no-face';
      const hint = face ? (face.quality.reasons[0] ?? null) : missing;
      if (!face || !embedding) trouble = missing;
      else if (!hint) captures.push({ face, embedding });
      else if (remaining === 0) trouble = 'timeout';
      onProgress?.({ prompt, progress: hint ? 0 : 1, remaining, hint, face });
      if (trouble || (!hint && ++done === asked.length)) break;
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
