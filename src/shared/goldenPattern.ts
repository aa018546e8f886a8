/**
 * A picture that code can draw, [size, size, 3] in −1 … 1: the input of the golden embedding in a model's manifest. `training/export.py`
 * draws the same one; integer arithmetic alone keeps both exactly equal.
 */
export function goldenPattern(size: number): Float32Array {
  const out = new Float32Array(size * size * 3);
  let at = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let c = 0; c < 3; c++) {
        const ripple = (x * x + 3 * y * y + 40 * (c + 1) * (x + y)) >> 6;
        out[at++] = triangle(ripple) / 127.5 - 1;
      }
    }
  }
  return out;
}

/** A triangle wave of integers: 0, 1 … 255, 254 … 0. */
function triangle(n: number): number {
  const phase = n % 510;
  return phase <= 255 ? phase : 510 - phase;
}
