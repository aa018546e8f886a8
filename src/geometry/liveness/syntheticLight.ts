// For tests: what a camera sees of a face that a screen lights.
import type { FaceLight, LinearRgb } from '../../shared/FaceReport.js';
import { linearOf } from './lightColors.js';

export interface SyntheticLight {
  /** The screen's light on the front of the face, in shares of the room's. */
  readonly strength?: number;
  /** What of it comes to the sides of the cheeks; 1: a flat print. */
  readonly sides?: number;
  /** Of the room; a lamp's is warm. */
  readonly room?: LinearRgb;
  /** What the camera makes of each channel: exposure and white balance. */
  readonly gains?: LinearRgb;
}

const SKIN: LinearRgb = [0.5, 0.3, 0.22];

/** @param color what the screen shows; null: nothing */
export function litBy(
  color: string | null,
  { strength = 0.3, sides = 0.6, room = [1, 1, 1], gains = [1, 1, 1] }: SyntheticLight = {},
): FaceLight {
  const screen = color === null ? [0, 0, 0] : linearOf(color);
  const light = (share: number) =>
    SKIN.map((skin, c) => gains[c]! * skin * (room[c]! + strength * share * screen[c]!)) as unknown as LinearRgb;
  return { forehead: light(0.95), nose: light(1), rightCheek: light(sides), leftCheek: light(sides), chin: light(0.9 * sides + 0.1) };
}
