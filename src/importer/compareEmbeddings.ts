/** The cosine of the angle between two vectors; NaN if one has no length. */
export function compareEmbeddings(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! * a[i]!;
    squareB += b[i]! * b[i]!;
  }
  return a.length === b.length ? dot / Math.sqrt(squareA * squareB) : NaN;
}
