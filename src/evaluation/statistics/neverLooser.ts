import type { OperatingPoint } from '../../shared/Manifest.js';

/** A curve for so many pictures on both sides. */
interface Curve {
  readonly templateFrames: number;
  readonly probeFrames: number;
  readonly operatingPoints: readonly OperatingPoint[];
}

/**
 * The curves, with no extrapolated point looser than the same rate's of a curve with as many or fewer pictures on both sides: more pictures bring
 * strangers closer together, so a larger threshold there is an accident of few people. Such a point is replaced by the stricter one, with what
 * was refused there, which is more than fewer would be.
 * @param curves with one for single pictures among them
 */
export function neverLooser<C extends Curve>(curves: readonly C[]): C[] {
  const fewer = (one: Curve, other: Curve) => other.templateFrames <= one.templateFrames && other.probeFrames <= one.probeFrames;
  return curves.map((curve) => {
    const others = curves.filter((other) => fewer(curve, other));
    let refused = 0;
    const operatingPoints = [...curve.operatingPoints]
      .sort((a, b) => b.fmr - a.fmr)
      .map((own) => {
        const same = own.extrapolated ? others.flatMap((other) => other.operatingPoints.filter(({ fmr }) => fmr === own.fmr)) : [];
        const point = same.reduce((strictest, one) => (one.threshold < strictest.threshold ? one : strictest), own);
        refused = Math.max(refused, point.fnmr);
        const [low, high] = point.fnmrInterval;
        const interval = { fnmrInterval: [low, Math.max(high, refused)] as const };
        return { ...point, ...interval, ...(own.extrapolated && { extrapolated: true }), fnmr: refused };
      });
    return { ...curve, operatingPoints };
  });
}
