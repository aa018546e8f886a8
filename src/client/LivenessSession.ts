import { LivenessJudge } from '../ceremony/liveness/LivenessJudge.js';
import type { LivenessFrame } from '../ceremony/liveness/LivenessFrame.js';
import { normalizeL2 } from '../matching/normalizeL2.js';
import { rivals } from '../geometry/selectFace.js';
import type { Challenge, LivenessResult, LivenessRunOptions } from '../shared/liveness.js';
import type { EmbedResult } from '../shared/captures.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { FaceVerifier } from './FaceVerifier.js';
import { registerResult } from './livenessResults.js';
import { assertLivenessSource, timedFrames, type LivenessSource, type TimedSource } from './timedFrames.js';

/** So many captures are kept for `verify`. */
const CAPTURES = 3;

/** One run of one drawing of challenges; made by `createLivenessSession`. */
export class LivenessSession {
  #used = false;

  /** @internal Use `createLivenessSession`. */
  constructor(
    private readonly verifier: FaceVerifier,
    /** What will be asked for, in this order. */
    readonly challenges: readonly Challenge[],
    private readonly options: { timeLimit: number; mirrored: boolean; colors: readonly string[]; show: (color: string | null) => void },
  ) {}

  /**
   * Watches the frames until the person has done everything, or something is wrong. Not passing is a result. Throws `aborted` when the signal
   * fires, what the camera throws (`camera-lost`), what `light.show` throws, and a TypeError for a second run. However it ends, the screen's light is put out.
   */
  async run(source: LivenessSource, { signal, onPrompt, onProgress }: LivenessRunOptions = {}): Promise<LivenessResult> {
    assertLivenessSource(source);
    if (this.#used) throw new TypeError('expected a new liveness session, got one that has run: every session draws its own challenges');
    this.#used = true;
    const startedAt = new Date().toISOString();
    const judge = new LivenessJudge(this.challenges, this.options);
    const captures: EmbedResult[] = [];
    let { prompt } = judge;
    onPrompt?.(prompt);
    let shown: string | null = null;
    const show = (color: string | null) => {
      if (color === shown) return;
      shown = color;
      this.options.show(color);
    };
    try {
      for await (const frame of timedFrames(source, signal)) {
        const seen = await this.#look(frame, judge.wantsEmbedding(frame.time), signal);
        judge.observe(seen);
        if (judge.outcome?.passed && (await this.#inCompany(frame, signal))) judge.company();
        const { face, embedding } = seen;
        if (judge.atRest && face && embedding && face.quality.reasons.length === 0) captures.push({ face, embedding });
        if (captures.length > CAPTURES) captures.shift();
        if (judge.progress) onProgress?.(judge.progress);
        if (judge.outcome) break;
        if (judge.prompt.action !== prompt.action) {
          ({ prompt } = judge);
          onPrompt?.(prompt);
        }
        show(judge.color);
      }
    } finally {
      show(null);
    }
    judge.interrupt(); // nothing happens where it is decided
    return this.#conclude(judge, captures, startedAt);
  }

  async #look({ source, time }: TimedSource, embed: boolean, signal: AbortSignal | undefined): Promise<LivenessFrame> {
    const options = { signal, track: true };
    if (!embed) {
      const faces = rivals(await this.verifier.analyze(source, options));
      return { time, faces: faces.length, face: faces.length === 1 ? faces[0]! : null, embedding: null };
    }
    try {
      const { face, embedding } = await this.verifier.look(source, { ...options, gate: false });
      return { time, faces: 1, face, embedding };
    } catch (error) {
      const code = error instanceof VisavisError ? error.code : '';
      if (code !== 'no-face' && code !== 'several-faces') throw error;
      return { time, faces: code === 'no-face' ? 0 : 2, face: null, embedding: null };
    }
  }

  /** Faces are followed from frame to frame, and others looked for now and then only: who came in at the very end is found by looking everywhere. */
  async #inCompany({ source }: TimedSource, signal: AbortSignal | undefined): Promise<boolean> {
    return rivals(await this.verifier.analyze(source, { signal })).length > 1;
  }

  #conclude(judge: LivenessJudge, captures: readonly EmbedResult[], startedAt: string): LivenessResult {
    const { outcome, measures } = judge;
    const { passed } = outcome!;
    const result: LivenessResult = Object.freeze({
      passed,
      ...(outcome!.passed ? {} : { reason: outcome!.reason }),
      challenges: this.challenges,
      done: measures.times.length,
      captures: Object.freeze(passed ? [...captures] : []),
      startedAt,
      finishedAt: new Date().toISOString(),
      measures,
    });
    return registerResult(result, passed ? meanOf(captures) : null);
  }
}

function meanOf(captures: readonly EmbedResult[]): Float32Array {
  return normalizeL2(captures[0]!.embedding.map((_, i) => captures.reduce((sum, { embedding }) => sum + embedding[i]!, 0)));
}
