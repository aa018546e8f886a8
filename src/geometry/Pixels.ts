/** RGBA pictures, 8 bits a channel, rows from the top; the shape of `ImageData`. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** height × width × 4 */
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** Halves a picture: each pixel is the mean of 2 × 2 (an odd last row or column is repeated). */
export function halve({ width, height, data }: Pixels): Pixels {
  const w = (width + 1) >> 1;
  const h = (height + 1) >> 1;
  const out = new Uint8ClampedArray(w * h * 4);
  for (let y = 0; y < h; y++) {
    const top = 2 * y * width;
    const bottom = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < w; x++) {
      const left = 2 * x;
      const right = Math.min(2 * x + 1, width - 1);
      const at = (y * w + x) * 4;
      for (let c = 0; c < 4; c++) {
        out[at + c] =
          (data[(top + left) * 4 + c]! +
            data[(top + right) * 4 + c]! +
            data[(bottom + left) * 4 + c]! +
            data[(bottom + right) * 4 + c]! +
            2) >>
          2;
      }
    }
  }
  return { width: w, height: h, data: out };
}
