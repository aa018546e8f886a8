/**
 * A rotation or reflection of n-dimensional space, every one as likely as every other, as n − 1 Householder reflections and one sign: the
 * subgroup algorithm (Diaconis and Shahshahani 1987; Stewart 1980). It keeps all lengths and distances.
 */
export interface Rotation {
  apply(values: ArrayLike<number>): Float64Array;
  /** Takes `apply` back. */
  undo(values: ArrayLike<number>): Float64Array;
  /** Overwrites it. */
  wipe(): void;
}

/** How many random words a rotation of n dimensions takes. */
export function wordsFor(n: number): number {
  const gaussians = (n * (n + 1)) / 2 - 1;
  return gaussians + (gaussians % 2) + 1;
}

/** @param words uniformly random, `wordsFor(n)` of them: the same words give the same rotation */
export function randomRotation(n: number, words: Uint32Array): Rotation {
  if (words.length !== wordsFor(n)) throw new RangeError(`expected ${wordsFor(n)} words, got ${words.length}`);
  const gaussians = gaussiansOf(words.subarray(1));
  /** Unit normals of the mirrors; the first has n values, the last 2, and each acts on that many last coordinates. */
  const mirrors: Float64Array[] = [];
  for (let size = n, at = 0; size >= 2; at += size, size--) mirrors.push(mirrorTo(gaussians.subarray(at, at + size)));
  const sign = words[0]! & 1 ? -1 : 1;
  return {
    apply(values) {
      const out = Float64Array.from(values);
      out[n - 1]! *= sign;
      for (const mirror of [...mirrors].reverse()) reflect(out, mirror);
      return out;
    },
    undo(values) {
      const out = Float64Array.from(values);
      for (const mirror of mirrors) reflect(out, mirror);
      out[n - 1]! *= sign;
      return out;
    },
    wipe() {
      gaussians.fill(0); // the mirrors are parts of it
    },
  };
}

/** The normal of the mirror that takes the first axis to the direction of x, which is uniform on the sphere. Changes x. */
function mirrorTo(x: Float64Array): Float64Array {
  const length = Math.hypot(...x);
  x[0]! -= length;
  const size = Math.hypot(...x);
  // x along the axis: nothing to reflect; the chance is nil.
  for (let i = 0; i < x.length; i++) x[i] = size > 0 ? x[i]! / size : 0;
  return x;
}

/** v − 2 (v·m) m on the last coordinates. */
function reflect(v: Float64Array, mirror: Float64Array): void {
  const from = v.length - mirror.length;
  let dot = 0;
  for (let i = 0; i < mirror.length; i++) dot += v[from + i]! * mirror[i]!;
  for (let i = 0; i < mirror.length; i++) v[from + i]! -= 2 * dot * mirror[i]!;
}

/** Box and Muller 1958. */
function gaussiansOf(words: Uint32Array): Float64Array {
  const out = new Float64Array(words.length);
  for (let i = 0; i < words.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log((words[i]! + 0.5) / 2 ** 32));
    const angle = (2 * Math.PI * words[i + 1]!) / 2 ** 32;
    out[i] = radius * Math.cos(angle);
    out[i + 1] = radius * Math.sin(angle);
  }
  return out;
}
