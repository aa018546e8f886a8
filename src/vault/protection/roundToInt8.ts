/** The values rounded to −127 … 127 parts of the largest, as a vector of length 1 again. */
export function roundToInt8(values: Float64Array): Float32Array {
  const largest = values.reduce((max, v) => Math.max(max, Math.abs(v)), 0);
  // + 0: text knows no −0.
  const levels = values.map((v) => Math.round((v / largest) * 127) + 0);
  const length = Math.hypot(...levels);
  try {
    return Float32Array.from(levels, (v) => v / length);
  } finally {
    levels.fill(0); // as much of a face as the values
  }
}
