import {
  ENROLLMENT_VIEWS,
  type EnrollmentHint,
  type EnrollmentPrompt,
  type EnrollmentProgress,
  type EnrollmentView,
} from '../shared/enrollment.js';
import type { FaceReport } from '../shared/FaceReport.js';
import type { EmbedResult } from '../shared/captures.js';
import { distance } from '../matching/distance.js';

/** How many captures each view gives: the front is what later frames will look like. */
const CAPTURES: Record<EnrollmentView, number> = { front: 3, 'slightly-left': 1, 'slightly-right': 1, 'other-distance': 1 };
const TOTAL = Object.values(CAPTURES).reduce((a, b) => a + b);
/** Frames closer together hold the same noise and the same blink. */
const SPACING_MS = 250;
/** Degrees. A slight turn varies the embedding; a wide one is no longer what a login shows. */
const FRONT_YAW = 10;
const FRONT_PITCH = 15;
const LEAST_TURN = 8;
const LARGEST_TURN = 25;
/** Between two frames of a face that is held still, degrees. */
const STILL = 6;
/** Another distance: the face is so many times as large, or as small. */
const SCALE = 1.15;

/** What a frame showed: a face that passed the quality gate with its embedding, or what was wrong. */
export interface EnrollmentFrame {
  /** Milliseconds. */
  readonly time: number;
  readonly face: FaceReport | null;
  readonly embedding: Float32Array | null;
  readonly trouble: EnrollmentHint | null;
}

/** Decides, frame by frame, what a guided enrollment takes and asks for next. */
export class EnrollmentGuide {
  readonly captures: EmbedResult[] = [];
  /** `failed`: the front was not seen in time. */
  outcome: 'done' | 'failed' | null = null;
  progress: EnrollmentProgress | null = null;
  #view = 0;
  #taken = 0;
  #since: number | null = null;
  #lastCapture = -Infinity;
  #before: FaceReport | null = null;
  #skipped: EnrollmentView | null = null;

  /** @param maxDistance of the embeddings of one person */
  constructor(
    private readonly options: { timeLimit: number; mirrored: boolean },
    private readonly maxDistance: number,
  ) {}

  get prompt(): EnrollmentPrompt {
    const view = this.#current;
    const skip = view === 'front' ? null : () => void (this.#skipped = view);
    return { view, taken: this.captures.length, total: TOTAL, timeLimit: this.options.timeLimit, skip };
  }

  /** Returns the capture that the frame became; null where it is not taken. */
  observe({ time, face, embedding, trouble }: EnrollmentFrame): EmbedResult | null {
    this.#since ??= time;
    const { prompt } = this;
    const remaining = Math.max(0, this.#since + prompt.timeLimit - time);
    const hint = trouble ?? (face && embedding ? this.#hint(face, embedding) : 'no-face');
    this.#before = face;
    this.progress = { prompt, remaining, hint, face };
    if (hint === null && this.#skipped !== prompt.view && time - this.#lastCapture >= SPACING_MS) {
      const capture = { face: face!, embedding: embedding! };
      this.captures.push(capture);
      this.#lastCapture = time;
      if (++this.#taken === CAPTURES[prompt.view]) this.#next(time);
      return capture;
    }
    if (remaining === 0 || this.#skipped === prompt.view) {
      if (prompt.view === 'front') this.outcome = 'failed';
      else this.#next(time);
    }
    return null;
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

  #hint(face: FaceReport, embedding: Float32Array): EnrollmentHint | null {
    const before = this.#before;
    const first = this.captures[0];
    if (first && distance(first.embedding, embedding) > this.maxDistance) return 'other-person';
    const misplaced = this.#misplaced(face);
    if (misplaced) return misplaced;
    const still = before && Math.hypot(face.pose.yaw - before.pose.yaw, face.pose.pitch - before.pose.pitch) <= STILL;
    return still ? null : 'hold-still';
  }

  #misplaced({ pose, quality }: FaceReport): EnrollmentHint | null {
    if (this.#current === 'front') {
      return Math.abs(pose.yaw) > FRONT_YAW || Math.abs(pose.pitch) > FRONT_PITCH ? 'look-straight' : null;
    }
    const front = this.captures.slice(0, CAPTURES.front);
    const mean = (read: (face: FaceReport) => number) => front.reduce((sum, { face }) => sum + read(face), 0) / front.length;
    const turn = (pose.yaw - mean((f) => f.pose.yaw)) * (this.options.mirrored ? -1 : 1);
    if (Math.abs(pose.pitch - mean((f) => f.pose.pitch)) > FRONT_PITCH) return 'look-straight';
    if (this.#current === 'other-distance') {
      if (Math.abs(turn) > FRONT_YAW) return 'look-straight';
      const scale = quality.eyeDistance / mean((f) => f.quality.eyeDistance);
      return Math.max(scale, 1 / scale) < SCALE ? 'change-distance' : null;
    }
    const asked = this.#current === 'slightly-left' ? turn : -turn;
    return asked < LEAST_TURN ? 'turn-further' : asked > LARGEST_TURN ? 'turn-back' : null;
  }
}
