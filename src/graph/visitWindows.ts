import type { SlidingWindow } from './slideWindow.js';

/**
 * Goes through a batch of pictures with a sliding window, place by place.
 * @param shape [batch, height, width, channels]
 * @param see called for each pixel of a window that lies inside its picture: where its channels start, and which of the window's pixels it is, counted
 *   row by row
 * @param leave called when all of a place's have been seen, with the place's number
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
