import type { Point } from '../shared/FaceReport.js';
import type { FaceFrame } from './meshView.js';

/**
 * The same square, seen by someone who has turned it clockwise about its center by so many quarters of a circle: the eyes move, the center
 * stays.
 */
export function turnFrame(frame: FaceFrame, quarters: number): FaceFrame {
  const { center } = frame;
  const turn = ({ x, y }: Point): Point => {
    let [dx, dy] = [x - center.x, y - center.y];
    for (let i = 0; i < quarters; i++) [dx, dy] = [-dy, dx];
    return { x: center.x + dx, y: center.y + dy };
  };
  return { ...frame, rightEye: turn(frame.rightEye), leftEye: turn(frame.leftEye) };
}
