import type { Challenge } from '../../../src/index.js';
import { between } from './seeded.js';
import { REST, type Motion } from './types.js';

export type Prompted = 'face-camera' | 'hold-still' | Challenge;

/** How far someone, or something, goes for each prompt. */
export type Repertoire = Record<Challenge, Partial<Motion>>;

const BLINK_MS = 110;
/** Who is still asked after this long goes further, by this factor. */
const PATIENCE = 2500;
const FURTHER = 1.3;

/** Moves smoothly to what was asked for, after a moment, and sways a little all the time. */
export class Actor {
  readonly #random: () => number;
  readonly #repertoire: Repertoire;
  readonly #phases: number[];
  readonly #sway: number;
  #prompt: Prompted = 'face-camera';
  #from: Motion = REST;
  #to: Motion = REST;
  #startsAt = 0;
  #lasts = 1;
  /** When the same is done once more, from rest. */
  #again: { readonly at: number; readonly to: Motion } | null = null;

  constructor(random: () => number, repertoire: Repertoire, sway = 1) {
    this.#random = random;
    this.#repertoire = repertoire;
    this.#sway = sway;
    this.#phases = Array.from({ length: 8 }, () => random() * 2 * Math.PI);
  }

  /** @param now when the prompt is seen, milliseconds */
  ask(prompt: Prompted, now: number): void {
    if (prompt === this.#prompt) return;
    this.#from = this.#pose(now);
    this.#again = null;
    this.#prompt = prompt;
    this.#to = prompt === 'face-camera' || prompt === 'hold-still' ? REST : { ...REST, ...this.#repertoire[prompt] };
    this.#startsAt = now + between(this.#random, 250, 650);
    this.#lasts = between(this.#random, 350, 800);
  }

  /** Told that it was too fast: goes back, and does the same more slowly. */
  repeat(now: number): void {
    if (this.#again) return;
    [this.#from, this.#startsAt, this.#lasts] = [this.#pose(now), now + between(this.#random, 300, 700), between(this.#random, 400, 800)];
    this.#again = { at: this.#startsAt + this.#lasts + between(this.#random, 100, 400), to: this.#to };
    this.#to = REST;
  }

  at(now: number): Motion {
    if (this.#again && now >= this.#again.at) {
      [this.#from, this.#to, this.#startsAt] = [REST, this.#again.to, this.#again.at];
      this.#lasts = between(this.#random, 900, 1300);
      this.#again = null;
    }
    const pose = this.#pose(now);
    const wave = (k: number, period: number) => this.#sway * Math.sin((2 * Math.PI * now) / period + this.#phases[k]);
    return {
      ...pose,
      yaw: pose.yaw + 1.2 * wave(0, 2900) + 0.5 * wave(1, 1100),
      pitch: pose.pitch + 0.9 * wave(2, 3300) + 0.4 * wave(3, 900),
      roll: pose.roll + 0.8 * wave(4, 3700),
      scale: pose.scale * (1 + 0.008 * wave(5, 2700)),
      right: pose.right + 0.03 * wave(6, 3100),
      down: pose.down + 0.02 * wave(7, 2300),
    };
  }

  #pose(now: number): Motion {
    const share = Math.min(1, Math.max(0, (now - this.#startsAt) / this.#lasts));
    const smooth = share * share * (3 - 2 * share);
    const more = this.#to === REST ? 1 : 1 + (FURTHER - 1) * Math.min(1, Math.max(0, (now - this.#startsAt - PATIENCE) / 500));
    const goal = (key: keyof Motion) => REST[key] + more * (this.#to[key] - REST[key]);
    const mix = (key: keyof Motion) => this.#from[key] + smooth * (goal(key) - this.#from[key]);
    const keys = Object.keys(REST) as (keyof Motion)[];
    const pose = Object.fromEntries(keys.map((key) => [key, mix(key)])) as unknown as Motion;
    // Eyes shut and open again, and again after a while.
    if (this.#prompt === 'blink' && this.#to.blink > 0) {
      pose.blink = shutAfter((now - this.#startsAt) % 1600) * this.#to.blink;
    }
    return pose;
  }
}

/** How far the lids are shut, 0 … 1, so many milliseconds after a blink began. */
function shutAfter(since: number): number {
  if (since < 0) return 0;
  if (since < BLINK_MS) return since / BLINK_MS;
  return since < 3 * BLINK_MS ? 1 : Math.max(0, 4 - since / BLINK_MS);
}

/** What a person does, each a little differently. */
export function personRepertoire(random: () => number): Repertoire {
  const some = (low: number, high: number) => between(random, low, high);
  return {
    'turn-left': { yaw: some(22, 34), pitch: some(-3, 3) },
    'turn-right': { yaw: -some(22, 34), pitch: some(-3, 3) },
    'look-up': { pitch: some(16, 24), yaw: some(-3, 3) },
    'look-down': { pitch: -some(16, 24), yaw: some(-3, 3) },
    'come-closer': { scale: some(1.32, 1.5) },
    blink: { blink: some(0.9, 1) },
    'open-mouth': { mouth: some(0.4, 0.7) },
  };
}

/** What a hand does with a picture to look like it. */
export function photoRepertoire(random: () => number): Repertoire {
  const some = (low: number, high: number) => between(random, low, high);
  return {
    'turn-left': { yaw: some(25, 55), right: some(0, 0.3) },
    'turn-right': { yaw: -some(25, 55), right: -some(0, 0.3) },
    'look-up': { pitch: some(25, 50), down: -some(0, 0.2) },
    'look-down': { pitch: -some(25, 50), down: some(0, 0.2) },
    'come-closer': { scale: some(1.3, 1.5) },
    blink: { pitch: some(-30, 30) },
    'open-mouth': { scale: some(0.9, 1.1), pitch: some(-30, 30) },
  };
}
