/**
 * Brings a picture to mean 0 and standard deviation 1, in place; one without contrast stays within bounds. facenet calls this
 * "prewhitening", TensorFlow `per_image_standardization`: (x − mean) ÷ max(standard deviation, 1 ÷ √N) over all N values.
 */
export function standardize(values: Float32Array): void {
  const n = values.length;
  let sum = 0;
  for (const v of values) sum += v;
  const mean = sum / n;
  let squares = 0;
  for (const v of values) squares += (v - mean) ** 2;
  const spread = Math.max(Math.sqrt(squares / n), 1 / Math.sqrt(n));
  for (let i = 0; i < n; i++) values[i] = (values[i]! - mean) / spread;
}
