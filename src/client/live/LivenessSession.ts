import { CHALLENGE_RULES } from '../../ceremony/liveness/challengeRules.js';
import { LivenessJudge } from '../../ceremony/liveness/LivenessJudge.js';
import { rivals } from '../../geometry/selectFace.js';
import { assertOptions } from '../../shared/assertOptions.js';
import type { EmbedResult } from '../../shared/captures.js';
import type { Challenge, LivenessResult, LivenessRunOptions } from '../../shared/liveness.js';
import { assertFactory } from '../../shared/factoryOnly.js';
import { OPTION_NAMES } from '../../shared/optionNames.js';
import { registerResult } from './livenessResults.js';
import { lookForCeremony } from './lookForCeremony.js';
import type { Looker } from './Looker.js';
import { runCeremony } from './runCeremony.js';
import { assertFrameSource, type FrameSource } from '../camera/timedFrames.js';

/** How many captures are kept for `verify` at least; each rest gives as many as any other. */
const CAPTURES = 3;

export interface LivenessSessionOptions {
  readonly timeLimit: number;
  readonly mirrored: boolean;
  /** What the screen shows after the challenges; empty: the page was not asked for light. */
  readonly colors: readonly string[];
  readonly show: (color: string | null) => void;
}

/** One run of one drawing of challenges; made by `createLivenessSession`. */
export class LivenessSession {
  readonly #looker: Looker;
  readonly #options: LivenessSessionOptions;
  readonly #challenges: readonly Challenge[];
  #used = false;

  /** @internal Use `createLivenessSession`. */
  constructor(factory: symbol, looker: Looker, challenges: readonly Challenge[], options: LivenessSessionOptions) {
    assertFactory(factory, 'LivenessSession', 'createLivenessSession');
    if (challenges.length === 0) throw new RangeError('expected at least one challenge, got none: nothing would be checked');
    this.#looker = looker;
    this.#challenges = challenges;
    this.#options = options;
  }

  /** What will be asked for, in this order. */
  get challenges(): readonly Challenge[] {
    return this.#challenges;
  }

  /**
   * Watches the frames until the person has done everything, or something is wrong. Not passing is a result. Throws
   * - `aborted` when the signal fires or the camera is stopped;
   * - `camera-lost` when the camera is lost, or no frame comes for as long as the prompt has left (time in the background does not count,
   *   but ends
   *   the session as any gap between frames does, with a result);
   * - what `light.show` throws, and a TypeError for a second run.
   *
   * However it ends, the screen's light is put out.
   */
  async run(source: FrameSource, options: LivenessRunOptions = {}): Promise<LivenessResult> {
    assertOptions(options, OPTION_NAMES.ceremony, 'run');
    assertFrameSource(source);
    if (this.#used) throw new TypeError('expected a new liveness session, got one that has run: every session draws its own challenges');
    this.#used = true;
    const startedAt = new Date().toISOString();
    const judge = new LivenessJudge(this.#challenges, this.#options, CHALLENGE_RULES);
    try {
      await this.#watch(judge, source, options);
    } catch (error) {
      const made = judge.rests.flatMap(({ embedding, captures }) => [embedding, ...captures.map((one) => one.embedding)]);
      for (const values of made) values.fill(0); // nobody gets them
      throw error;
    }
    judge.interrupt(); // does nothing once it is decided
    return this.#conclude(judge, startedAt);
  }

  async #watch(judge: LivenessJudge<Challenge>, source: FrameSource, { signal, onPrompt, onProgress }: LivenessRunOptions): Promise<void> {
    const show = this.#screen();
    try {
      await runCeremony({
        ...{ judge, source, signal, onPrompt, onProgress },
        look: (frame) => lookForCeremony(this.#looker, frame, { signal, embed: judge.wantsEmbedding(frame.time) ? 'always' : 'never' }),
        onSeen: async (_, frame) => {
          if (!judge.outcome?.passed) return;
          // Between searches faces are only followed, so somebody who came in at the very end is found by one last look at the whole frame.
          const everybody = await this.#looker.analyze(frame.source, { signal, track: false });
          if (rivals(everybody).length > 1) judge.foundOthers();
        },
        afterFrame: () => show(judge.color),
        kept: () => capturesOf(judge).map(({ embedding }) => embedding),
      });
    } finally {
      judge.forget();
      show(null);
    }
  }

  /** Shows a color once. */
  #screen(): (color: string | null) => void {
    let shown: string | null = null;
    return (color) => {
      if (color === shown) return;
      shown = color;
      this.#options.show(color);
    };
  }

  #conclude(judge: LivenessJudge<Challenge>, startedAt: string): LivenessResult {
    const { outcome, measures } = judge;
    const { passed } = outcome!;
    const result: LivenessResult = Object.freeze({
      passed,
      ...(outcome!.passed ? {} : { reason: outcome!.reason }),
      challenges: this.#challenges,
      done: measures.times.length,
      captures: Object.freeze(capturesOf(judge)),
      startedAt,
      finishedAt: new Date().toISOString(),
      measures,
    });
    return registerResult(result, passed ? judge.rests.map(({ embedding }) => embedding) : null);
  }
}

/** The last ones of every rest; none where it was not passed. */
function capturesOf({ outcome, rests }: LivenessJudge<Challenge>): EmbedResult[] {
  if (!outcome?.passed) return [];
  const each = Math.ceil(CAPTURES / rests.length);
  return rests.flatMap(({ captures }) => captures.slice(-each));
}
