import type { FaceLight, FaceReport, LinearRgb } from '../../shared/FaceReport.js';
import type { LightMeasures, LivenessReason } from '../../shared/liveness.js';
import { lightAnswer, type Lit } from './lightAnswer.js';
import { NEUTRAL } from './lightColors.js';
import { LIVENESS_LIMITS as L } from './limits.js';
import type { FaceState } from './readFace.js';

/** Lets the screen show one color after another, first a neutral one and then those that were drawn, and reads the face in each. */
export class LightWatch {
  readonly #colors: readonly string[];
  readonly #lit: Lit[] = [];
  #read: FaceLight[] = [];
  #since: number;
  #away = false;

  /** @param first how the face looked the first time @param time when the first color is shown, milliseconds */
  constructor(
    colors: readonly string[],
    private readonly first: FaceState,
    time: number,
  ) {
    this.#colors = [NEUTRAL, ...colors];
    this.#since = time;
  }

  /** What the screen should show now. */
  get color(): string {
    return this.#colors[Math.min(this.#lit.length, this.#colors.length - 1)]!;
  }

  /** Whether the last face looked elsewhere than it did the first time. */
  get away(): boolean {
    return this.#away;
  }

  /** When it was asked for. */
  get since(): number {
    return this.#since;
  }

  /** Frames are missing, or came too slowly: what was read of this color does not count. */
  restart(): void {
    this.#read = [];
  }

  /** How the face answered, from the frame that completes the answer on; null before. */
  observe({ light }: FaceReport, state: FaceState, time: number): LightMeasures | null {
    const shown = time - this.#since;
    const facing = Math.abs(state.yaw - this.first.yaw) <= L.restPose && Math.abs(state.pitch - this.first.pitch) <= L.restPose;
    this.#away = !facing;
    if (facing && shown >= L.lightSettle) this.#read.push(light);
    if (shown < L.lightHold || this.#read.length < L.lightFrames) return null;
    this.#lit.push({ color: this.color, light: meanLight(this.#read) });
    this.#read = [];
    this.#since = time;
    return this.#lit.length === this.#colors.length ? lightAnswer(this.#lit) : null;
  }

  /** How much of the whole is done, 0 … 1. */
  progress(time: number): number {
    return (this.#lit.length + Math.min(1, (time - this.#since) / L.lightHold)) / this.#colors.length;
  }
}

/** What an answer lacks; null for the answer of a living face. */
export function lightTrouble({ strength, agreement, relief }: LightMeasures): LivenessReason | null {
  if (strength < L.lightStrength) return 'no-light';
  if (agreement < L.lightAgreement) return 'wrong-light';
  return relief < L.lightRelief ? 'flat-light' : null;
}

function meanLight(lights: readonly FaceLight[]): FaceLight {
  const mean = (place: keyof FaceLight): LinearRgb => {
    const channel = (c: 0 | 1 | 2) => lights.reduce((sum, light) => sum + light[place][c], 0) / lights.length;
    return [channel(0), channel(1), channel(2)];
  };
  return {
    forehead: mean('forehead'),
    nose: mean('nose'),
    rightCheek: mean('rightCheek'),
    leftCheek: mean('leftCheek'),
    chin: mean('chin'),
  };
}
