import type { FaceReport } from '../../shared/FaceReport.js';
import type { ChallengeRules, ReadAction } from './challengeRules.js';
import { LIVENESS_LIMITS as L } from './limits.js';
import { ParallaxWatch } from './ParallaxWatch.js';
import { PathWatch } from './PathWatch.js';
import type { FaceState } from './readFace.js';
import type { Rest } from './RestWatch.js';
import { viewOf } from './viewOf.js';

/** Watches whether the person does one challenge, and no other in its place. */
export class ActionWatch<Name extends string> {
  readonly parallax: ParallaxWatch | null;
  readonly #read: ReadAction;
  readonly #frames: number;
  readonly #path: PathWatch | null;
  /** The other challenges, and how much of each is too much. */
  readonly #others: readonly { readonly read: ReadAction; readonly unasked: number }[];
  #seen = 0;
  /** When the first of the frames in a row showed it. */
  #since = 0;
  #wrong = 0;

  /** @param rest the face before it acted @param mirrored whether the frames are */
  constructor(
    readonly challenge: Name,
    rest: Rest,
    rules: ChallengeRules<Name>,
    mirrored: boolean,
  ) {
    const shown = mirrored ? rules[challenge].mirrored : challenge;
    const { axis, read, frames, hasPath } = rules[shown];
    this.parallax = axis && new ParallaxWatch(axis, rest);
    this.#read = read(rest.state);
    this.#frames = frames;
    this.#path = hasPath ? new PathWatch(rest.contrast) : null;
    const others = (Object.keys(rules) as Name[]).filter((name) => name !== shown && rules[name].unasked < Infinity);
    this.#others = others.map((name) => ({ read: rules[name].read(rest.state), unasked: rules[name].unasked }));
  }

  /** Whether it was done so fast, or in front of so slow a camera, that it has to be done again. */
  get tooFast(): boolean {
    return this.#path?.missed ?? false;
  }

  /** Frames are missing, or came too slowly: what was seen does not count. */
  restart(): void {
    this.#path?.restart();
    this.#seen = 0;
  }

  /** How much of it was seen, 0 … 1, and whether that decides: it was done, or something else was. */
  observe(face: FaceReport, state: FaceState, time: number): { progress: number; verdict: 'done' | 'wrong' | null } {
    this.parallax?.observe(face.mesh, state);
    const progress = this.#read(state, time);
    this.#path?.observe({ level: progress, contrast: face.quality.contrast, view: viewOf(face) });
    const wrong = progress < 0.5 && this.#others.some(({ read, unasked }) => read(state, time) >= unasked);
    this.#wrong = wrong ? this.#wrong + 1 : 0;
    if (progress < 1) this.#seen = 0;
    else if (this.#seen++ === 0) this.#since = time;
    const bounded = Math.min(1, Math.max(0, progress));
    if (this.#wrong >= L.held) return { progress: bounded, verdict: 'wrong' };
    const held = this.#seen >= this.#frames && (!this.#path || time - this.#since >= L.poseTime) && !this.tooFast;
    return { progress: bounded, verdict: held && this.#arrived() ? 'done' : null };
  }

  /**
   * Whether the way was seen, and enough of a turn to read its depth from: a fast one that goes far leaves no frame in which it can be read.
   * Frames of an earlier try count for the depth, so that coming again is no other chance for a picture.
   */
  #arrived(): boolean {
    if (!this.#path) return true;
    if (!this.#path.arrive()) return false;
    if (this.parallax?.value !== null) return true;
    this.#path.miss();
    return false;
  }
}
