/** How many numbers tell of an output. */
export const DIGEST_LENGTH = 32;

/**
 * An output of any length in 32 numbers: sums of every 32nd value, each with a drawn sign. Every value counts, and as much as another, so a
 * digest is about as wrong, in proportion, as the output is.
 */
export function goldenDigest(output: Float32Array): number[] {
  const sums = new Float64Array(DIGEST_LENGTH);
  for (let i = 0; i < output.length; i++) {
    // A bit of a product as good as random, and alike on every machine.
    const sign = Math.imul(i + 1, 0x9e3779b1) < 0 ? -1 : 1;
    sums[i % DIGEST_LENGTH]! += sign * output[i]!;
  }
  return Array.from(sums);
}

/** How far a digest lies from a golden one, as a share of that one's length, or of 1 where it is shorter. */
export function digestDifference(digest: readonly number[], golden: readonly number[]): number {
  const difference = Math.hypot(...golden.map((v, i) => v - digest[i]!));
  return difference / Math.max(1, Math.hypot(...golden));
}
