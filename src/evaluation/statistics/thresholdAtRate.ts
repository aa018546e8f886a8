/**
 * The largest threshold that accepts at most the share `rate` of sorted impostor distances: just below the first distance that must not
 * pass.
 * @param impostor ascending
 */
export function thresholdAtRate(impostor: ArrayLike<number>, rate: number): number {
  const allowed = Math.floor(rate * impostor.length + 1e-9);
  const refused = impostor[allowed];
  if (refused === undefined) return 2;
  const accepted = impostor[allowed - 1];
  return accepted !== undefined && accepted < refused ? (accepted + refused) / 2 : refused - 1e-9;
}
