import { distance } from '../matching/distance.js';
import type { EmbedResult } from '../shared/captures.js';
import type { FaceReport, QualityReason } from '../shared/FaceReport.js';
import type { LiveHint, LiveProgress, LivePrompt } from '../shared/live.js';
import type { LivenessAction } from '../shared/liveness.js';
import type { CeremonyFrame } from './CeremonyFrame.js';
import type { CeremonyJudge } from './CeremonyJudge.js';

/** Least time between two frames that are taken, milliseconds: closer ones share their noise, and their blink. */
const SPACING_MS = 150;
/** So many more are taken than are compared, so that the best can be chosen. */
const SPARE = 2;

/** Why there are too few good frames, if there are. */
export interface FrameTrouble {
  readonly code: 'no-face' | 'several-faces' | 'low-quality';
  readonly reasons: readonly QualityReason[];
}

/**
 * Takes good frames of one person until there are enough, or the time is over, for one decision on the best of them. Which are the best
 * is decided by their quality alone, never by whom they resemble: choosing among frames by distance would be as many tries.
 */
export class GoodFrames implements CeremonyJudge<LivenessAction, LiveHint> {
  /** All that were taken of the person who is in view. */
  taken: EmbedResult[] = [];
  progress: LiveProgress | null = null;
  /** The last single face. */
  face: FaceReport | null = null;
  #over = false;
  #since: number | null = null;
  #last = -Infinity;
  readonly #troubles = new Map<FrameTrouble['code'], number>();
  readonly #reasons = new Set<QualityReason>();

  /** @param options `frames`: how many are compared; `maxDistance`: the furthest that two embeddings of one person may be apart */
  constructor(private readonly options: { frames: number; timeLimit: number; maxDistance: number }) {}

  get over(): boolean {
    return this.#over;
  }

  get prompt(): LivePrompt {
    return { action: 'face-camera', done: this.taken.length, total: this.#total, timeLimit: this.options.timeLimit, skip: null };
  }

  /** The best ones, at most `frames`, in the order in which they were taken. */
  get best(): EmbedResult[] {
    return bestOf(this.taken, this.options.frames);
  }

  /** What was wrong most often, also where some frames were good; `no-face` where no frame came, null where nothing was wrong. */
  get trouble(): FrameTrouble | null {
    if (this.#troubles.size === 0 && this.taken.length > 0) return null;
    const [code = 'no-face'] = [...this.#troubles].sort(([, a], [, b]) => b - a)[0] ?? [];
    return { code, reasons: code === 'low-quality' ? [...this.#reasons] : [] };
  }

  observe({ time, faces, face, embedding }: CeremonyFrame): void {
    this.#since ??= time;
    const { prompt } = this;
    const remaining = Math.max(0, this.#since + prompt.timeLimit - time);
    const hint = this.#take(time, faces, face, embedding);
    this.progress = { prompt, progress: this.taken.length / this.#total, remaining, hint, face };
    this.#over = remaining === 0 || this.taken.length === this.#total;
  }

  get #total(): number {
    return this.options.frames + SPARE;
  }

  #take(time: number, faces: number, face: FaceReport | null, embedding: Float32Array | null): LiveHint | null {
    if (!face) return this.#count(faces > 1 ? 'several-faces' : 'no-face');
    this.face = face;
    const [bad] = face.quality.reasons;
    if (bad || !embedding) {
      this.#count('low-quality');
      for (const reason of face.quality.reasons) this.#reasons.add(reason);
      return bad ?? 'no-face';
    }
    const first = this.taken[0];
    const other = first !== undefined && distance(first.embedding, embedding) > this.options.maxDistance;
    if (other) this.taken = [];
    if (other || time - this.#last >= SPACING_MS) {
      this.taken.push({ face, embedding });
      this.#last = time;
    }
    return other ? 'other-person' : null;
  }

  #count(code: FrameTrouble['code']): 'no-face' | 'several-faces' | null {
    this.#troubles.set(code, (this.#troubles.get(code) ?? 0) + 1);
    return code === 'low-quality' ? null : code;
  }
}

/** At most `count` captures, those of the best quality, in their own order. */
export function bestOf(captures: readonly EmbedResult[], count: number): EmbedResult[] {
  const byScore = [...captures].sort((a, b) => b.face.quality.score - a.face.quality.score);
  const best = new Set(byScore.slice(0, count));
  return captures.filter((capture) => best.has(capture));
}
