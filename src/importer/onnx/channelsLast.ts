/**
 * Values of a flattened picture, from the file's order, channels first, to the computed one, channels last.
 * @param picture [channels, height, width]
 * @param each how many values there are for each value of the picture, next to each other
 */
export function channelsLast<T extends Float32Array | Float64Array>(
  values: T,
  [channels, height, width]: readonly [number, number, number],
  each = 1,
): T {
  const out = values.slice() as T;
  const pixels = height * width;
  for (let c = 0; c < channels; c++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const from = (c * pixels + pixel) * each;
      const to = (pixel * channels + c) * each;
      for (let i = 0; i < each; i++) out[to + i] = values[from + i]!;
    }
  }
  return out;
}
