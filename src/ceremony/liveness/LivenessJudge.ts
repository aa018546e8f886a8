import type { FaceReport } from '../../shared/FaceReport.js';
import type {
  Challenge,
  LightMeasures,
  LivenessMeasures,
  LivenessProgress,
  LivenessPrompt,
  LivenessReason,
} from '../../shared/liveness.js';
import { actionProgress, HELD, type Held } from './actionProgress.js';
import { BlinkWatch } from './BlinkWatch.js';
import { Continuity } from './Continuity.js';
import { IdentityWatch } from './IdentityWatch.js';
import { lightTrouble, LightWatch } from './LightWatch.js';
import { LIVENESS_LIMITS as L } from './limits.js';
import type { LivenessFrame } from './LivenessFrame.js';
import { ParallaxWatch } from './ParallaxWatch.js';
import { readFace, type FaceState } from './readFace.js';
import { RestWatch, type Rest } from './RestWatch.js';

interface Acting {
  readonly challenge: Challenge;
  readonly blink: BlinkWatch;
  readonly parallax: ParallaxWatch | null;
  held: number;
  wrong: number;
}

/**
 * Decides, frame by frame, whether a living person does what is asked: faces the camera, acts, faces the camera again, and so on. Pure: it
 * knows only the frames it is given and their times.
 */
export class LivenessJudge {
  #outcome: { passed: true } | { passed: false; reason: LivenessReason } | null = null;
  #progress: LivenessProgress | null = null;
  readonly #continuity = new Continuity();
  readonly #identity = new IdentityWatch();
  #resting: RestWatch | null = new RestWatch(null);
  #first: Rest | null = null;
  #rest: Rest | null = null;
  #acting: Acting | null = null;
  /** What comes after the last challenge, where it is wanted. */
  #lighting: LightWatch | null = null;
  /** The parallax of the turn that the person is coming back from. */
  #turned: ParallaxWatch | null = null;
  #promptAt: number | null = null;
  #embeddedAt = -Infinity;
  readonly #frameTimes: number[] = [];
  readonly #times: number[] = [];
  #parallax: number | null = null;
  #light: LightMeasures | null = null;

  /** @param options `colors`: what the screen shows after the last challenge; none: no check by its light */
  constructor(
    private readonly challenges: readonly Challenge[],
    private readonly options: { timeLimit: number; mirrored: boolean; colors: readonly string[] },
  ) {}

  get outcome() {
    return this.#outcome;
  }

  get prompt(): LivenessPrompt {
    const { timeLimit } = this.options;
    const action = this.#lighting ? 'hold-still' : (this.#acting?.challenge ?? 'face-camera');
    return { action, done: this.#times.length, total: this.challenges.length, timeLimit };
  }

  /** What the screen is to show, `#rrggbb`; null: nothing. */
  get color(): string | null {
    return this.#lighting?.color ?? null;
  }

  /** Of the last frame; null before the first. */
  get progress(): LivenessProgress | null {
    return this.#progress;
  }

  /** Whether the person is asked to face the camera, and does. */
  get atRest(): boolean {
    return this.#resting !== null && this.#resting.frames > 0;
  }

  get measures(): LivenessMeasures {
    const gaps = this.#frameTimes.slice(1).map((time, i) => time - this.#frameTimes[i]!);
    gaps.sort((a, b) => a - b);
    return {
      frames: this.#frameTimes.length,
      interval: gaps[gaps.length >> 1] ?? 0,
      parallax: this.#parallax,
      drift: this.#identity.drift,
      light: this.#light,
      times: [...this.#times],
    };
  }

  /** Whether the frame of this time had better be embedded. */
  wantsEmbedding(time: number): boolean {
    return time - this.#embeddedAt >= L.embedEvery || this.atRest;
  }

  observe(frame: LivenessFrame): void {
    if (this.#outcome) return;
    const { time, face, embedding } = frame;
    this.#frameTimes.push(time);
    this.#promptAt ??= time;
    const trouble = this.#continuity.observe(frame, this.#lighting !== null);
    // Until the person has faced the camera for the first time they may come and go.
    const begun = this.#first !== null;
    if (trouble && (begun || trouble === 'frozen')) {
      this.#fail(trouble);
      return;
    }
    if (trouble || !face) this.#resting?.restart();
    const progress = face && !trouble ? this.#look(face, time, embedding) : 0;
    const remaining = this.options.timeLimit - (time - this.#promptAt);
    const hint = frame.faces === 0 ? 'no-face' : frame.faces > 1 ? 'several-faces' : (this.#resting && face?.quality.reasons[0]) || null;
    this.#progress = { prompt: this.prompt, progress, remaining: Math.max(0, remaining), hint, face };
    if (!this.#outcome && remaining <= 0) this.#fail('timeout');
  }

  /** Ends the session for a reason that lies outside the frames. */
  interrupt(): void {
    if (!this.#outcome) this.#fail('interrupted');
  }

  /** Takes a passed session back: a last look at its last frame found others. */
  company(): void {
    if (this.#outcome?.passed) this.#fail('several-faces');
  }

  #look(face: FaceReport, time: number, embedding: Float32Array | null): number {
    const state = readFace(face);
    if (embedding) {
      this.#embeddedAt = time;
      const rest = this.#first?.state;
      // In colored light a face is as unlike itself as one that is turned.
      const turned = this.#lighting ? Infinity : rest ? Math.max(Math.abs(state.yaw - rest.yaw), Math.abs(state.pitch - rest.pitch)) : 0;
      if (this.#first && !this.#identity.observe(embedding, turned)) this.#fail('identity-changed');
    }
    if (this.#outcome) return 0;
    if (this.#lighting) return this.#shine(this.#lighting, face, state, time);
    return this.#acting ? this.#act(this.#acting, face, state, time) : this.#settle(face, state, time, embedding);
  }

  #act(acting: Acting, face: FaceReport, state: FaceState, time: number): number {
    const rest = this.#rest!.state;
    const { blink, parallax } = acting;
    const challenge = this.options.mirrored ? mirrored(acting.challenge) : acting.challenge;
    parallax?.observe(face.mesh, state);
    const blinked = blink.observe(state, time);
    const progress = challenge === 'blink' ? blinked : actionProgress(challenge, state, rest);
    const unasked = (other: Held) => actionProgress(other, state, rest) * (other === 'open-mouth' ? L.mouth / L.mouthUnasked : 1);
    const wrong = progress < 0.5 && HELD.some((other) => other !== challenge && unasked(other) >= 1);
    acting.wrong = wrong ? acting.wrong + 1 : 0;
    if (acting.wrong >= L.held) this.#fail('wrong-action');
    acting.held = progress >= 1 ? acting.held + 1 : 0;
    if (acting.held >= (challenge === 'blink' ? 1 : L.held)) {
      this.#times.push(time - this.#promptAt!);
      this.#promptAt = time;
      this.#resting = new RestWatch(this.#first);
      this.#acting = null;
      this.#turned = parallax;
      return 1;
    }
    return Math.min(1, Math.max(0, progress));
  }

  #settle(face: FaceReport, state: FaceState, time: number, embedding: Float32Array | null): number {
    this.#turned?.observe(face.mesh, state);
    const resting = this.#resting!;
    const rest = resting.observe(face, state, time, embedding);
    if (!rest) return resting.progress;
    if (this.#turned && !this.#hasDepth(this.#turned)) return 0;
    this.#turned = null;
    if (!this.#first) for (const e of rest.embeddings) this.#identity.observe(e, 0);
    this.#first ??= rest;
    this.#rest = rest;
    const challenge = this.challenges[this.#times.length];
    if (challenge === undefined) {
      this.#promptAt = time;
      if (this.options.colors.length === 0) this.#outcome = { passed: true };
      else [this.#lighting, this.#resting] = [new LightWatch(this.options.colors, this.#first.state, time), null];
      return this.#outcome ? 1 : 0;
    }
    const blink = new BlinkWatch(rest.state);
    this.#acting = { challenge, blink, parallax: ParallaxWatch.of(challenge, rest), held: 0, wrong: 0 };
    this.#resting = null;
    this.#promptAt = time;
    return 0;
  }

  #shine(lighting: LightWatch, face: FaceReport, state: FaceState, time: number): number {
    this.#light = lighting.observe(face, state, time);
    this.#promptAt = lighting.since;
    if (!this.#light) return lighting.progress(time);
    const trouble = lightTrouble(this.#light);
    if (trouble) this.#fail(trouble);
    else this.#outcome = { passed: true };
    return 1;
  }

  #hasDepth({ value, axis }: ParallaxWatch): boolean {
    if (value !== null) this.#parallax = Math.min(this.#parallax ?? Infinity, value);
    const deep = value !== null && value >= L.parallax[axis];
    if (!deep) this.#fail('flat');
    return deep;
  }

  #fail(reason: LivenessReason): void {
    this.#outcome = { passed: false, reason };
  }
}

/** What an action looks like in mirrored frames. */
function mirrored(challenge: Challenge): Challenge {
  return challenge === 'turn-left' ? 'turn-right' : challenge === 'turn-right' ? 'turn-left' : challenge;
}
