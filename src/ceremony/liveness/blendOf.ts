import type { Thumbnail } from '../../shared/FaceReport.js';

/** A frame as the camera saw it, and where its face is. */
export interface View {
  readonly thumbnail: Thumbnail;
  /** The part to compare, in the thumbnail's pixels: whole numbers, the right and lower edges not included. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * How far a frame is from being a blend of an earlier and a later one, in the place of its own face: 0 for every a · before + b · after + c,
 * as one picture that fades into another gives. A head that moves shows in between what neither of the two shows there. By Taylor, what is
 * left over grows with the square of what differs between the two, most in their middle; so their quotient (with the frame's own variance,
 * without a unit) says little about how fast the head moves, and from which frame to which:
 * (mean square of what is left) × (variance of the frame) ÷ (4 a b × variance of before − after)².
 *
 * Null where it cannot be told: 4 a b × the variance of what differs is less than `least` of the frame's, or the frame is not between the
 * two.
 */
export function blendOf(view: View, before: Thumbnail, after: Thumbnail, least: number): number | null {
  const { thumbnail, ...place } = view;
  const count = (place.right - place.left) * (place.bottom - place.top);
  if (count <= 0) return null;
  // Sums over the place: of each picture, and of the products of two.
  let [f, a, b, ff, aa, bb, fa, fb, ab] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let y = place.top; y < place.bottom; y++) {
    for (let i = y * thumbnail.width + place.left, end = i + place.right - place.left; i < end; i++) {
      const [p, q, r] = [thumbnail.data[i]!, before.data[i]!, after.data[i]!];
      f += p;
      a += q;
      b += r;
      ff += p * p;
      aa += q * q;
      bb += r * r;
      fa += p * q;
      fb += p * r;
      ab += q * r;
    }
  }
  const covariance = (product: number, one: number, other: number) => (product - (one * other) / count) / count;
  const [vff, vaa, vbb] = [covariance(ff, f, f), covariance(aa, a, a), covariance(bb, b, b)];
  const [vfa, vfb, vab] = [covariance(fa, f, a), covariance(fb, f, b), covariance(ab, a, b)];
  const differing = vaa + vbb - 2 * vab;
  // Least squares: the shares of the two that leave the least, from their covariances.
  const determinant = vaa * vbb - vab * vab;
  const [fromBefore, fromAfter] = [(vfa * vbb - vfb * vab) / determinant, (vfb * vaa - vfa * vab) / determinant];
  if (!(fromBefore > 0 && fromAfter > 0)) return null;
  const told = 4 * fromBefore * fromAfter * differing;
  if (!(told > least * vff)) return null;
  const left = vff - fromBefore * vfa - fromAfter * vfb;
  return (Math.max(0, left) * vff) / (told * told);
}

/** How near a frame is to being a blend of any two others, one from before and one from after it: the least `blendOf`; null: never told. */
export function leastBlend(views: readonly (View | null)[], index: number, least: number): number | null {
  const view = views[index];
  if (!view) return null;
  let found: number | null = null;
  for (const back of STEPS) {
    for (const on of STEPS) {
      const [before, after] = [views[index - back], views[index + on]];
      const blend = before && after && blendOf(view, before.thumbnail, after.thumbnail, least);
      if (typeof blend === 'number' && !(blend >= (found ?? Infinity))) found = blend;
    }
  }
  return found;
}

/** How many frames away the others are. */
const STEPS = [1, 2, 4, 8, 16, 32] as const;
