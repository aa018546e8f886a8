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

/** Where the face belongs. */
export function targetOval({ width, height }: FrameSize, action: CaptureAction | null): Oval {
  const rx = Math.min(width, height) * HALF * (action === 'other-distance' || action === 'come-closer' ? CLOSER : 1);
  return { cx: width / 2, cy: height / 2, rx, ry: rx * LENGTH };
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
