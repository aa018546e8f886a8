import type { CaptureAction } from '../shared/capture.js';
import type { Box } from '../shared/FaceReport.js';

/** A frame of the camera, pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** An upright ellipse, in pixels of the frame. */
export interface Oval {
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
}

/** Before a camera tells its size. */
export const USUAL_FRAME: FrameSize = { width: 640, height: 480 };
/** Half the width of a face at arm's length, as a share of the frame's shorter side, and how much longer than wide faces are. */
const HALF = 0.235;
const LENGTH = 1.32;
/** The mesh ends at the hairline and the chin: a face with hair and ears is larger. */
const HEAD = 1.16;
/** How much larger a face should become where it is asked to come closer. */
const CLOSER = 1.25;
/** How much of what is shown the oval may be wide, and high, on each side of its center. */
const ROOM = { usual: 0.36, closer: 0.42 };
/** How far below the middle the oval lies: what is to be done stands above it. */
const BELOW = 0.055;

/** As much of a frame as is seen of it in a place of another shape that it covers. */
export function shownPart({ width, height }: FrameSize, place: FrameSize): FrameSize {
  if (!(place.width > 0 && place.height > 0)) return { width, height };
  const scale = Math.max(place.width / width, place.height / height);
  return { width: place.width / scale, height: place.height / scale };
}

/** Where the face belongs. All of it is within what is shown of the frame. */
export function targetOval({ width, height }: FrameSize, shown: FrameSize, action: CaptureAction | null): Oval {
  const closer = action === 'other-distance' || action === 'come-closer';
  const room = closer ? ROOM.closer : ROOM.usual;
  const usual = Math.min(width, height) * HALF * (closer ? CLOSER : 1);
  const rx = Math.min(usual, shown.width * room, (shown.height * room) / LENGTH);
  return { cx: width / 2, cy: height / 2 + shown.height * BELOW, rx, ry: rx * LENGTH };
}

/** Eyes, nose and mouth of nobody, as a path. */
export function featuresOf({ cx, cy, rx }: Oval): string {
  const at = (x: number, y: number) => `${round(cx + x * rx)} ${round(cy + y * rx)}`;
  const eye = (x: number) => `M${at(x, -0.34)}L${at(x, -0.14)}`;
  return `${eye(-0.38)}${eye(0.38)}M${at(0.02, -0.2)}L${at(0.02, 0.2)}L${at(-0.1, 0.24)}M${at(-0.32, 0.52)}Q${at(0, 0.76)} ${at(0.32, 0.52)}`;
}

/** Where the face is, in the picture as it is shown. */
export function faceOval({ x, y, width, height }: Box, frame: FrameSize, mirrored: boolean): Oval {
  const center = x + width / 2;
  return { cx: mirrored ? frame.width - center : center, cy: y + height / 2, rx: (width / 2) * HEAD, ry: (height / 2) * HEAD };
}

/** An ellipse as the path of its outline, from the top clockwise. */
export function outlineOf({ cx, cy, rx, ry }: Oval): string {
  const [top, bottom] = [cy - ry, cy + ry].map(round);
  const arc = `A${round(rx)} ${round(ry)} 0 0 1`;
  return `M${round(cx)} ${top}${arc} ${round(cx)} ${bottom}${arc} ${round(cx)} ${top}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
