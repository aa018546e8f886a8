/**
 * A picture that code can draw, [size, size, 3] in −1 … 1: the input of the golden embedding in a model's manifest. `training/export.py`
 * draws the same one; integer arithmetic alone keeps both exactly equal.
 * @param valueOf what a level of 0 … 255 becomes
 */
export function goldenPattern(size: number, valueOf: (level: number) => number = (level) => level / 127.5 - 1): Float32Array {
  const out = new Float32Array(size * size * 3);
  // A triangle wave of integers: 0, 1 … 255, 254 … 0. A start waits for the picture: each value is computed once.
  const wave = Float32Array.from({ length: PERIOD }, (_, phase) => valueOf(phase < 256 ? phase : PERIOD - phase));
  let at = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const round = x * x + 3 * y * y;
      const slope = 40 * (x + y);
      out[at++] = wave[((round + slope) >> 6) % PERIOD]!;
      out[at++] = wave[((round + 2 * slope) >> 6) % PERIOD]!;
      out[at++] = wave[((round + 3 * slope) >> 6) % PERIOD]!;
    }
  }
  return out;
}

const PERIOD = 510;
