import type { SlidingWindow } from './slideWindow.js';

/**
 * Moves a sliding window over a batch of pictures, position by position.
 * @param shape [batch, height, width, channels]
 * @param see called for each pixel of a window that is inside its picture, with the index of its first channel and the pixel's number
 *   within the window, counted row by row
 * @param leave called after all pixels of a position, with the position's number
 */
export function visitWindows(
  [batch, height, width, channels]: readonly [number, number, number, number],
  { size, stride, dilation, before, places }: SlidingWindow,
  see: (at: number, tap: number) => void,
  leave: (place: number) => void,
): void {
  let place = 0;
  for (let picture = 0; picture < batch; picture++) {
    for (let row = 0; row < places[0]; row++) {
      for (let column = 0; column < places[1]; column++) {
        for (let ky = 0; ky < size[0]; ky++) {
          const y = row * stride[0] - before[0] + ky * dilation[0];
          if (y < 0 || y >= height) continue;
          for (let kx = 0; kx < size[1]; kx++) {
            const x = column * stride[1] - before[1] + kx * dilation[1];
            if (x >= 0 && x < width) see(((picture * height + y) * width + x) * channels, ky * size[1] + kx);
          }
        }
        leave(place++);
      }
    }
  }
}
