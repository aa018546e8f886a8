import { LIVENESS_LIMITS as L } from './limits.js';

/** Keeps a liveness session's times, in milliseconds: of its frames, of its prompts, and how long each challenge took. */
export class SessionClock {
  readonly #frameTimes: number[] = [];
  readonly #times: number[] = [];
  #promptAt: number | null = null;

  /** Counts a frame; the first one starts the first prompt. */
  frame(time: number): void {
    this.#frameTimes.push(time);
    this.#promptAt ??= time;
  }

  /** A new prompt was given. */
  promptAt(time: number): void {
    this.#promptAt = time;
  }

  /** The prompt's challenge was done, and the next prompt given. */
  challengeDone(time: number): void {
    this.#times.push(this.sincePrompt(time));
    this.#promptAt = time;
  }

  sincePrompt(time: number): number {
    return time - (this.#promptAt ?? time);
  }

  get frames(): number {
    return this.#frameTimes.length;
  }

  /** Whether the last frames came too slowly to follow a movement. */
  get slow(): boolean {
    const last = this.#frameTimes.slice(-1 - L.intervalFrames);
    const intervals = last.length - 1;
    return intervals >= 2 && last.at(-1)! - last[0]! > intervals * L.maxInterval;
  }

  /** Median time from frame to frame; 0 before the second frame. */
  get interval(): number {
    const gaps = this.#frameTimes.slice(1).map((time, i) => time - this.#frameTimes[i]!);
    gaps.sort((a, b) => a - b);
    return gaps[gaps.length >> 1] ?? 0;
  }

  /** How long each completed challenge took. */
  get times(): readonly number[] {
    return this.#times;
  }
}
