import { distance } from '../matching/distance.js';
import type { EmbedResult } from '../shared/captures.js';
import {
  ENROLLMENT_VIEWS,
  type EnrollmentHint,
  type EnrollmentProgress,
  type EnrollmentPrompt,
  type EnrollmentView,
} from '../shared/enrollment.js';
import type { FaceReport } from '../shared/FaceReport.js';
import type { CeremonyFrame } from './CeremonyFrame.js';
import type { CeremonyJudge } from './CeremonyJudge.js';
import { ENROLLMENT_VIEW_RULES as RULES, type ViewOffset } from './enrollmentViews.js';

const TOTAL = ENROLLMENT_VIEWS.reduce((sum, view) => sum + RULES[view].captures, 0);
/** Least time between two captures, milliseconds: closer frames share their noise, and their blink. */
const SPACING_MS = 250;
/** How far a face that is held still may turn between two frames, degrees. */
const STILL = 6;

/** Decides, frame by frame, which captures a guided enrollment takes and what it asks for next. */
export class EnrollmentGuide implements CeremonyJudge<EnrollmentView, EnrollmentHint> {
  readonly captures: EmbedResult[] = [];
  /** `failed`: a required view was not seen in time. */
  outcome: 'done' | 'failed' | null = null;
  progress: EnrollmentProgress | null = null;
  /**
   * The view asked for, as its index in `ENROLLMENT_VIEWS`, how many captures it has given, and when it was first asked for, milliseconds.
   */
  #view = 0;
  #taken = 0;
  #since: number | null = null;
  #lastCapture = -Infinity;
  #before: FaceReport | null = null;
  #skipped: EnrollmentView | null = null;

  /** @param maxDistance the furthest that two embeddings of one person may be apart */
  constructor(
    private readonly options: { timeLimit: number; mirrored: boolean },
    private readonly maxDistance: number,
  ) {}

  get over(): boolean {
    return this.outcome !== null;
  }

  get prompt(): EnrollmentPrompt {
    const action = this.#current;
    const skip = RULES[action].optional ? () => void (this.#skipped = action) : null;
    return { action, done: this.captures.length, total: TOTAL, timeLimit: this.options.timeLimit, skip };
  }

  observe({ time, faces, face, embedding }: CeremonyFrame): void {
    this.#since ??= time;
    const { prompt } = this;
    const { captures, optional } = RULES[prompt.action];
    const remaining = Math.max(0, this.#since + prompt.timeLimit - time);
    const { hint, progress } = this.#look(faces, face, embedding);
    this.#before = face;
    this.progress = { prompt, progress: (this.#taken + progress) / captures, remaining, hint, face };
    const skipped = this.#skipped === prompt.action;
    if (hint === null && !skipped && time - this.#lastCapture >= SPACING_MS) {
      this.captures.push({ face: face!, embedding: embedding! });
      this.#lastCapture = time;
      if (++this.#taken === captures) this.#next(time);
      return;
    }
    if (remaining > 0 && !skipped) return;
    if (optional) this.#next(time);
    else this.outcome = 'failed';
  }

  get #current(): EnrollmentView {
    return ENROLLMENT_VIEWS[Math.min(this.#view, ENROLLMENT_VIEWS.length - 1)]!;
  }

  #next(time: number): void {
    this.#view++;
    this.#taken = 0;
    this.#since = time;
    if (this.#view === ENROLLMENT_VIEWS.length) this.outcome = 'done';
  }

  /** How close the frame comes to the next capture, 0 … 1, and what keeps it from being taken. */
  #look(faces: number, face: FaceReport | null, embedding: Float32Array | null): { progress: number; hint: EnrollmentHint | null } {
    if (!face) return { progress: 0, hint: faces > 1 ? 'several-faces' : 'no-face' };
    const bad = face.quality.reasons[0];
    if (bad || !embedding) return { progress: 0, hint: bad ?? 'no-face' };
    const first = this.captures[0];
    if (first && distance(first.embedding, embedding) > this.maxDistance) return { progress: 0, hint: 'other-person' };
    const { progress, hint } = RULES[this.#current].read(face, this.#offset(face));
    return { progress, hint: hint ?? (this.#isStill(face) ? null : 'hold-still') };
  }

  #isStill({ pose }: FaceReport): boolean {
    const before = this.#before?.pose;
    return before !== undefined && Math.hypot(pose.yaw - before.yaw, pose.pitch - before.pitch) <= STILL;
  }

  /** How far the face is from the mean of the front's captures, which come first. */
  #offset({ pose, quality }: FaceReport): ViewOffset {
    const front = this.captures.slice(0, RULES.front.captures);
    if (front.length === 0) return { yaw: 0, pitch: 0, scale: 1 };
    const mean = (read: (face: FaceReport) => number) => front.reduce((sum, { face }) => sum + read(face), 0) / front.length;
    return {
      yaw: (pose.yaw - mean((f) => f.pose.yaw)) * (this.options.mirrored ? -1 : 1),
      pitch: pose.pitch - mean((f) => f.pose.pitch),
      scale: quality.eyeDistance / mean((f) => f.quality.eyeDistance),
    };
  }
}
