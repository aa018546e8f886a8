import type { Box } from '../../src/index.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The square around a box, moved into the picture where it would stick out; whole pixels. */
export function squareAround({ x, y, width, height }: Box, share: number, picture: Size): Box {
  const side = Math.floor(Math.min((1 + 2 * share) * Math.max(width, height), picture.width, picture.height));
  const within = (start: number, room: number) => Math.round(Math.min(Math.max(start, 0), room - side));
  return {
    x: within(x + width / 2 - side / 2, picture.width),
    y: within(y + height / 2 - side / 2, picture.height),
    width: side,
    height: side,
  };
}
