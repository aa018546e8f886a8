import type { CeremonyProgress, CeremonyPrompt } from '../../shared/ceremony.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import type { LightMeasures, LivenessHint, LivenessMeasures, LivenessReason } from '../../shared/liveness.js';
import type { CeremonyFrame } from '../CeremonyFrame.js';
import type { CeremonyJudge } from '../CeremonyJudge.js';
import { ActionWatch } from './ActionWatch.js';
import type { ChallengeRules } from './challengeRules.js';
import { Continuity } from './Continuity.js';
import { IdentityWatch } from './IdentityWatch.js';
import { lightTrouble, LightWatch } from './LightWatch.js';
import { LIVENESS_LIMITS as L } from './limits.js';
import type { ParallaxWatch } from './ParallaxWatch.js';
import { readFace, type FaceState } from './readFace.js';
import { RestWatch, type Rest } from './RestWatch.js';
import { SessionClock } from './SessionClock.js';

export interface LivenessJudgeOptions {
  /** Milliseconds for each prompt. */
  readonly timeLimit: number;
  /** Whether the frames are mirrored. */
  readonly mirrored: boolean;
  /** What the screen shows after the last challenge, `#rrggbb`; empty: the light is not checked. */
  readonly colors: readonly string[];
}

type Outcome = { readonly passed: true } | { readonly passed: false; readonly reason: LivenessReason };

/** Decides whether a living person does what is asked: faces the camera, acts, faces the camera again, and so on. */
export class LivenessJudge<Name extends string> implements CeremonyJudge<'face-camera' | 'hold-still' | Name, LivenessHint> {
  #outcome: Outcome | null = null;
  #progress: CeremonyProgress<'face-camera' | 'hold-still' | Name, LivenessHint> | null = null;
  readonly #continuity = new Continuity();
  readonly #identity = new IdentityWatch();
  readonly #rests: Rest[] = [];
  readonly #clock = new SessionClock();
  /** One of these at a time: facing the camera, acting, or being lit by the screen. */
  #resting: RestWatch | null = new RestWatch(null);
  #acting: ActionWatch<Name> | null = null;
  #lighting: LightWatch | null = null;
  /** How the person faced the camera the first time and the last time. */
  #first: Rest | null = null;
  #rest: Rest | null = null;
  /** The parallax of the turn from which the person is coming back. */
  #turned: ParallaxWatch | null = null;
  #embeddedAt = -Infinity;
  #parallax: number | null = null;
  #light: LightMeasures | null = null;

  constructor(
    private readonly challenges: readonly Name[],
    private readonly options: LivenessJudgeOptions,
    private readonly rules: ChallengeRules<Name>,
  ) {}

  get outcome(): Outcome | null {
    return this.#outcome;
  }

  get over(): boolean {
    return this.#outcome !== null;
  }

  get prompt(): CeremonyPrompt<'face-camera' | 'hold-still' | Name> {
    const action = this.#lighting ? 'hold-still' : (this.#acting?.challenge ?? 'face-camera');
    return { action, done: this.#clock.times.length, total: this.challenges.length, timeLimit: this.options.timeLimit, skip: null };
  }

  /** What the screen should show, `#rrggbb`; null: nothing. */
  get color(): string | null {
    return this.#lighting?.color ?? null;
  }

  get progress(): CeremonyProgress<'face-camera' | 'hold-still' | Name, LivenessHint> | null {
    return this.#progress;
  }

  /** Every time the person faced the camera as asked, in order. */
  get rests(): readonly Rest[] {
    return this.#rests;
  }

  /** Whether the person was asked to face the camera and does so. */
  get atRest(): boolean {
    return this.#resting !== null && this.#resting.frames > 0;
  }

  get measures(): LivenessMeasures {
    const { frames, interval, times } = this.#clock;
    const { drift, restDrift } = this.#identity;
    return { frames, interval, parallax: this.#parallax, drift, restDrift, light: this.#light, times: [...times] };
  }

  /** Whether the frame taken at this time should be embedded. */
  wantsEmbedding(time: number): boolean {
    return time - this.#embeddedAt >= L.embedEvery || this.atRest;
  }

  observe(frame: CeremonyFrame): void {
    if (this.#outcome) return;
    const { time, face, embedding } = frame;
    this.#clock.frame(time);
    const trouble = this.#continuity.observe(frame, this.#lighting !== null);
    // People may come and go until one has faced the camera for the first time.
    if (trouble && (this.#first !== null || trouble === 'frozen')) {
      this.#fail(trouble);
      return;
    }
    const { slow } = this.#clock;
    if (trouble || !face || slow) {
      this.#resting?.restart();
      this.#acting?.restart();
      this.#lighting?.restart();
    }
    const progress = face && !trouble ? this.#look(face, time, embedding) : 0;
    const remaining = this.options.timeLimit - this.#clock.sincePrompt(time);
    this.#progress = { prompt: this.prompt, progress, remaining: Math.max(0, remaining), hint: this.#hint(frame), face };
    if (!this.#outcome && remaining <= 0) this.#fail(slow ? 'slow-frames' : 'timeout');
  }

  /** Ends the session because the frames came to an end; does nothing once it is decided. */
  interrupt(): void {
    if (!this.#outcome) this.#fail('interrupted');
  }

  /** Takes back a pass: one more look at the last frame found other faces too. */
  foundOthers(): void {
    if (this.#outcome?.passed) this.#fail('several-faces');
  }

  /** Overwrites what it remembers of the face, since the session is over; the rests stay for whoever passed. */
  forget(): void {
    this.#identity.forget();
    if (!this.#outcome?.passed) for (const { embedding } of this.#rests) embedding.fill(0);
  }

  #hint({ faces, face }: CeremonyFrame): LivenessHint | null {
    if (faces === 0) return 'no-face';
    if (faces > 1) return 'several-faces';
    if (this.#clock.slow) return 'slow-frames';
    if (this.#acting?.tooFast) return 'too-fast';
    const bad = this.#resting && face?.quality.reasons[0];
    if (bad) return bad;
    return (this.#resting ?? this.#lighting)?.away ? 'look-straight' : null;
  }

  #look(face: FaceReport, time: number, embedding: Float32Array | null): number {
    const state = readFace(face);
    if (embedding) {
      this.#embeddedAt = time;
      if (this.#first && !this.#identity.observe(embedding, this.#turnFrom(this.#first.state, state))) this.#fail('identity-changed');
    }
    if (this.#outcome) return 0;
    if (this.#lighting) return this.#shine(this.#lighting, face, state, time);
    return this.#acting ? this.#act(this.#acting, face, state, time) : this.#settle(this.#resting!, face, state, time, embedding);
  }

  /** Degrees. In colored light a face is as unlike itself as one that is turned. */
  #turnFrom(rest: FaceState, state: FaceState): number {
    return this.#lighting ? Infinity : Math.max(Math.abs(state.yaw - rest.yaw), Math.abs(state.pitch - rest.pitch));
  }

  #act(acting: ActionWatch<Name>, face: FaceReport, state: FaceState, time: number): number {
    const { progress, verdict } = acting.observe(face, state, time);
    if (verdict === 'wrong') this.#fail('wrong-action');
    if (verdict === 'done' && !this.#clock.slow) {
      this.#clock.challengeDone(time);
      this.#resting = new RestWatch(this.#first);
      this.#acting = null;
      this.#turned = acting.parallax;
    }
    return progress;
  }

  #settle(resting: RestWatch, face: FaceReport, state: FaceState, time: number, embedding: Float32Array | null): number {
    this.#turned?.observe(face.mesh, state);
    const rest = resting.observe(face, state, time, embedding);
    if (!rest) return resting.progress;
    this.#rests.push(rest);
    if (this.#turned && !this.#hasDepth(this.#turned)) return 0;
    this.#turned = null;
    if (!this.#first) for (const { embedding } of rest.captures) this.#identity.observe(embedding, 0);
    if (!this.#identity.rest(rest.embedding)) {
      this.#fail('identity-changed');
      return 0;
    }
    this.#first ??= rest;
    this.#rest = rest;
    this.#clock.promptAt(time);
    return this.#next(this.#first, this.#rest, time);
  }

  /** Asks for what comes after a rest. */
  #next(first: Rest, rest: Rest, time: number): number {
    const challenge = this.challenges[this.#clock.times.length];
    if (challenge === undefined && this.options.colors.length === 0) {
      this.#outcome = { passed: true };
      return 1;
    }
    this.#resting = null;
    if (challenge === undefined) this.#lighting = new LightWatch(this.options.colors, first.state, time);
    else this.#acting = new ActionWatch(challenge, rest, this.rules, this.options.mirrored);
    return 0;
  }

  #shine(lighting: LightWatch, face: FaceReport, state: FaceState, time: number): number {
    this.#light = lighting.observe(face, state, time);
    this.#clock.promptAt(lighting.since);
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
